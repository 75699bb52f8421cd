package io.deltacat.flink.source.enumerator;

import io.deltacat.client.TableRef;
import io.deltacat.flink.source.StartMode;
import io.deltacat.flink.source.feed.HistoryRules;
import io.deltacat.flink.source.feed.RowReading;
import java.io.Serial;
import java.io.Serializable;
import java.util.Objects;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.connector.source.Boundedness;
import org.jspecify.annotations.Nullable;

/**
 * How the enumerator works. Immutable; checked by the source's builder.
 *
 * @param table the table
 * @param range where to start without restored state, and where to end
 * @param reading how the table's rows are read
 * @param history what to do when the table's past changed
 * @param discovery how new deltas are looked for
 * @param subscription how the subscription is dealt with
 * @param eventTimeColumn the timestamp column that event time is taken from, or null for no event time
 */
@Internal
public record EnumeratorOptions(
        TableRef table,
        ReadRange range,
        RowReading reading,
        HistoryRules history,
        DiscoveryRules discovery,
        SubscriptionRules subscription,
        @Nullable String eventTimeColumn)
        implements Serializable {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Checks that nothing is missing. */
    public EnumeratorOptions {
        Objects.requireNonNull(table, "table");
        Objects.requireNonNull(range, "range");
        Objects.requireNonNull(reading, "reading");
        Objects.requireNonNull(history, "history");
        Objects.requireNonNull(discovery, "discovery");
        Objects.requireNonNull(subscription, "subscription");
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
