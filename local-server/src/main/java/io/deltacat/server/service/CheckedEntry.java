package io.deltacat.server.service;

import io.deltacat.server.machine.PartitionGuard;
import io.deltacat.server.store.EntryRow;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * An entry of a commit whose file was looked at; what depends on the table is checked when the table is known.
 *
 * @param index place in the request, for messages
 * @param row the manifest entry; its ordinal is given when it is put into a delta
 * @param partitionValues values as they came; null if none
 * @param partitionSchemeId scheme as it came; null if none
 * @param equalityFields columns a delete compares, as they came; empty if none
 * @param guard what must be in the place of a partition that is replaced
 * @param fileSchema columns of the file; null if they are not known
 */
record CheckedEntry(
        int index,
        EntryRow row,
        @Nullable List<@Nullable Object> partitionValues,
        @Nullable String partitionSchemeId,
        List<String> equalityFields,
        PartitionGuard guard,
        @Nullable Schema fileSchema) {
    /** The same entry with the columns of its file. */
    CheckedEntry withFileSchema(Schema schema) {
        return new CheckedEntry(index, row, partitionValues, partitionSchemeId, equalityFields, guard, schema);
    }

    /** Name of the entry in messages. */
    String field() {
        return "entries[" + index + "]";
    }
}
