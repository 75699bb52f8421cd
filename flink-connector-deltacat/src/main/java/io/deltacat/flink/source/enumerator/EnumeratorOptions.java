package io.deltacat.flink.source.enumerator;

import io.deltacat.client.TableRef;
import io.deltacat.flink.source.Acknowledgement;
import io.deltacat.flink.source.DiscoveryFeed;
import io.deltacat.flink.source.ForeignWatermarkPolicy;
import io.deltacat.flink.source.StartMode;
import io.deltacat.flink.source.feed.HistoryRules;
import io.deltacat.flink.source.feed.RowReading;
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
 * @param range where to start without restored state, and where to end
 * @param reading how the table's rows are read
 * @param history what to do when the table's past changed
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
        ReadRange range,
        RowReading reading,
        HistoryRules history,
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
        Objects.requireNonNull(range, "range");
        Objects.requireNonNull(reading, "reading");
        Objects.requireNonNull(history, "history");
        Objects.requireNonNull(feed, "feed");
        Objects.requireNonNull(acknowledgement, "acknowledgement");
        Objects.requireNonNull(foreignWatermark, "foreignWatermark");
        Objects.requireNonNull(discoveryInterval, "discoveryInterval");
        Objects.requireNonNull(statusInterval, "statusInterval");
        Objects.requireNonNull(failureTolerance, "failureTolerance");
    }

    /**
     * Returns where to start without restored state.
     *
     * @return the mode
     */
    public StartMode startMode() {
        return range.startMode();
    }

    /**
     * Returns whether reading ends.
     *
     * @return bounded or not
     */
    public Boundedness boundedness() {
        return range.boundedness();
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
