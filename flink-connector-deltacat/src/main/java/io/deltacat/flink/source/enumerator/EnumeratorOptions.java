package io.deltacat.flink.source.enumerator;

import io.deltacat.client.TableRef;
import io.deltacat.flink.source.Acknowledgement;
import io.deltacat.flink.source.DiscoveryFeed;
import io.deltacat.flink.source.ForeignWatermarkPolicy;
import io.deltacat.flink.source.StartMode;
import java.io.Serial;
import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.connector.source.Boundedness;

/**
 * How the enumerator works. Immutable; checked by the source's builder.
 *
 * @param table the table
 * @param startMode where to start without restored state
 * @param boundedness whether to stop at the end of the first snapshot
 * @param feed how to learn about new deltas
 * @param acknowledgement whether to move the subscription's watermark on
 * @param foreignWatermark what to do when somebody else moved it
 * @param discoveryInterval pause between looks for new deltas
 * @param statusInterval pause between looks at the subscription's state
 * @param failureTolerance how long the server may be out of reach
 * @param maxPendingSplits discovery stops while this many splits are unfinished
 * @param splitBytes stored bytes one split should have
 */
@Internal
public record EnumeratorOptions(
        TableRef table,
        StartMode startMode,
        Boundedness boundedness,
        DiscoveryFeed feed,
        Acknowledgement acknowledgement,
        ForeignWatermarkPolicy foreignWatermark,
        Duration discoveryInterval,
        Duration statusInterval,
        Duration failureTolerance,
        int maxPendingSplits,
        long splitBytes)
        implements Serializable {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Checks that nothing is missing. */
    public EnumeratorOptions {
        Objects.requireNonNull(table, "table");
        Objects.requireNonNull(startMode, "startMode");
        Objects.requireNonNull(boundedness, "boundedness");
        Objects.requireNonNull(feed, "feed");
        Objects.requireNonNull(acknowledgement, "acknowledgement");
        Objects.requireNonNull(foreignWatermark, "foreignWatermark");
        Objects.requireNonNull(discoveryInterval, "discoveryInterval");
        Objects.requireNonNull(statusInterval, "statusInterval");
        Objects.requireNonNull(failureTolerance, "failureTolerance");
    }

    /**
     * Returns the table's name as slots and error texts spell it.
     *
     * @return {@code namespace.table}
     */
    public String tableName() {
        return table.namespace() + "." + table.table();
    }
}
