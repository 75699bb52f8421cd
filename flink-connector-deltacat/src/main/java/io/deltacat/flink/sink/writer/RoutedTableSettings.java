package io.deltacat.flink.sink.writer;

import static java.util.Objects.requireNonNull;

import io.deltacat.flink.sink.SchemaEvolution;
import io.deltacat.flink.sink.commit.DeltaMode;
import io.deltacat.format.file.FileFormat;
import io.deltacat.format.file.WriteOptions;
import java.time.Duration;
import org.apache.flink.annotation.Internal;

/**
 * How the tables of a router are written. Immutable.
 *
 * @param createTables whether missing tables are created
 * @param evolution what may be changed in their columns
 * @param addingMode mode for tables without merge keys that name none
 * @param format how files are stored
 * @param formatName short content type of the format
 * @param writeOptions codec and sizes within files
 * @param policy when files end
 * @param uploads files finished at the same time at most
 * @param uploadTimeout longest wait for one file
 * @param upsertBufferBytes bytes of changes that are kept in memory for one table
 * @param skipsInvalidRows whether rows that their table cannot hold are left out, instead of failing the job
 * @param maxOpenTables tables of one writer that are open at the same time
 */
@Internal
public record RoutedTableSettings(
        boolean createTables,
        SchemaEvolution evolution,
        DeltaMode addingMode,
        FileFormat format,
        String formatName,
        WriteOptions writeOptions,
        RollingPolicy policy,
        int uploads,
        Duration uploadTimeout,
        long upsertBufferBytes,
        boolean skipsInvalidRows,
        int maxOpenTables) {
    /** Checks that everything is there. */
    public RoutedTableSettings {
        requireNonNull(evolution, "evolution");
        requireNonNull(addingMode, "addingMode");
        requireNonNull(format, "format");
        requireNonNull(formatName, "formatName");
        requireNonNull(writeOptions, "writeOptions");
        requireNonNull(policy, "policy");
        requireNonNull(uploadTimeout, "uploadTimeout");
    }

    /** Returns the bytes that all tables of one writer may hold together. */
    long memoryBytes() {
        return policy.memoryBytes() + upsertBufferBytes;
    }
}
