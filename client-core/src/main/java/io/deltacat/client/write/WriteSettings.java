package io.deltacat.client.write;

import com.fasterxml.jackson.databind.JsonNode;
import io.deltacat.client.TableRef;
import io.deltacat.client.TransactionRef;
import io.deltacat.client.model.CreateIfMissingInput;
import io.deltacat.format.file.FileFormat;
import io.deltacat.format.file.WriteOptions;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What the caller of a write wants; {@link TableWrite} explains each. Immutable.
 *
 * @param table the table
 * @param format format of the files
 * @param mode what the write does to the table
 * @param schemaIfMissing schema to create the table with, or null not to create it
 * @param createIfMissing what else to create it with, or null for defaults
 * @param transaction transaction to bind to, or null for one of its own
 * @param root data root, or null for the server's choice
 * @param writeOnce key under which it happens once, or null
 * @param operationId id of the commit, or null for a random one
 * @param properties properties of every entry
 * @param guards what partitions to replace have to be
 * @param targetBytes size at which a file ends, positive
 * @param targetRecords rows at which a file ends, or 0 for the table's own
 * @param sortBytes heap for rows that wait to be sorted, positive
 * @param maxOpenFiles files open at a time, positive
 * @param options codec and sizes
 */
@RecordBuilder
record WriteSettings(
        TableRef table,
        FileFormat format,
        WriteMode mode,
        @Nullable Schema schemaIfMissing,
        @Nullable CreateIfMissingInput createIfMissing,
        @Nullable TransactionRef transaction,
        @Nullable String root,
        @Nullable WriteOnce writeOnce,
        @Nullable String operationId,
        Map<String, JsonNode> properties,
        List<PartitionGuard> guards,
        long targetBytes,
        long targetRecords,
        long sortBytes,
        int maxOpenFiles,
        WriteOptions options) {

    /** Copies the collections. */
    WriteSettings {
        properties = Map.copyOf(properties);
        guards = List.copyOf(guards);
    }

    static WriteSettings defaults(TableRef table, FileFormat format) {
        return new WriteSettings(
                table,
                format,
                WriteMode.AUTO,
                null,
                null,
                null,
                null,
                null,
                null,
                Map.of(),
                List.of(),
                TableWrite.DEFAULT_TARGET_FILE_BYTES,
                0,
                TableWrite.DEFAULT_SORT_BYTES,
                TableWrite.DEFAULT_MAX_OPEN_FILES,
                WriteOptions.defaults());
    }
}
