package io.deltacat.flink.sink.writer;

import static java.util.Objects.requireNonNull;

import io.deltacat.client.TableRef;
import io.deltacat.flink.sink.TableLayout;
import io.deltacat.flink.sink.commit.DeltaMode;
import io.deltacat.format.file.FileFormat;
import io.deltacat.format.file.WriteOptions;
import java.time.Duration;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.types.logical.RowType;
import org.jspecify.annotations.Nullable;

/**
 * How a table is written. Immutable.
 *
 * @param table the table
 * @param rowType type of the rows
 * @param layout merge keys and partitions that the job was built for, or null to take what the table has
 * @param addingMode mode for a table without merge keys, or for any table if it replaces
 * @param format how files are stored
 * @param formatName short content type of the format
 * @param writeOptions codec and sizes within files
 * @param policy when files end
 * @param uploads files finished at the same time at most
 * @param uploadTimeout longest wait for one file
 * @param upsertBufferBytes bytes of changes that are kept in memory
 * @param skipsInvalidRows whether rows that the table cannot hold are left out, instead of failing the job
 */
@Internal
public record TableWriterSettings(
        TableRef table,
        RowType rowType,
        @Nullable TableLayout layout,
        DeltaMode addingMode,
        FileFormat format,
        String formatName,
        WriteOptions writeOptions,
        RollingPolicy policy,
        int uploads,
        Duration uploadTimeout,
        long upsertBufferBytes,
        boolean skipsInvalidRows) {
    /** Checks that everything is there. */
    public TableWriterSettings {
        requireNonNull(table, "table");
        requireNonNull(rowType, "rowType");
        requireNonNull(addingMode, "addingMode");
        requireNonNull(format, "format");
        requireNonNull(formatName, "formatName");
        requireNonNull(writeOptions, "writeOptions");
        requireNonNull(policy, "policy");
        requireNonNull(uploadTimeout, "uploadTimeout");
    }
}
