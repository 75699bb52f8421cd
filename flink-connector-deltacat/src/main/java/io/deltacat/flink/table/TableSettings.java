package io.deltacat.flink.table;

import static java.util.Objects.requireNonNull;

import io.deltacat.client.TableRef;
import io.deltacat.flink.DeltaCatConnection;
import java.time.Instant;
import org.apache.flink.annotation.Internal;

/**
 * Everything the {@code WITH} clause of one table says, read and checked once. Immutable; prints without the token.
 *
 * @param name how the table is called in Flink, for messages
 * @param connection how to reach the server
 * @param table the table on the server
 * @param scan how it is read
 * @param sink how it is written
 */
@Internal
record TableSettings(String name, DeltaCatConnection connection, TableRef table, ScanSettings scan, SinkSettings sink) {

    TableSettings {
        requireNonNull(name, "name");
        requireNonNull(connection, "connection");
        requireNonNull(table, "table");
        requireNonNull(scan, "scan");
        requireNonNull(sink, "sink");
    }

    /** Returns these settings for reading the table as it was at a time, as {@code FOR SYSTEM_TIME AS OF} asks. */
    TableSettings asOf(Instant time) {
        return new TableSettings(
                name, connection, table, scan.within(scan.range().until(time)), sink);
    }
}
