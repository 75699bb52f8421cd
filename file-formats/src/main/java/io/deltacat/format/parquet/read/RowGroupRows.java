package io.deltacat.format.parquet.read;

import io.deltacat.format.parquet.schema.FileSchema;
import io.deltacat.format.parquet.schema.SchemaNode;
import io.deltacat.format.predicate.RowPredicate;
import io.deltacat.format.predicate.RowSet;
import io.deltacat.format.predicate.Zone;
import io.deltacat.format.predicate.ZoneBounds;
import io.deltacat.format.predicate.ZonePruning;
import io.deltacat.format.schema.FieldMetadata;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Finds the rows of a row group that a predicate may be true for: by the statistics of the row group first, then, if they
 * leave it in, by those of its pages. Confined to one thread.
 */
final class RowGroupRows {
    private final RowPredicate predicate;
    private final PageIndexes indexes;
    private final Map<String, SchemaNode.Leaf> flat = new LinkedHashMap<>();
    private final Set<String> nullColumns = new LinkedHashSet<>();

    /**
     * @param predicate the predicate
     * @param schema columns of the file
     * @param wanted wanted columns, which say what a column is that the file does not have; null if they are the file's
     * @param indexes where page indexes come from
     */
    RowGroupRows(RowPredicate predicate, FileSchema schema, @Nullable Schema wanted, PageIndexes indexes) {
        this.predicate = predicate;
        this.indexes = indexes;
        Map<String, SchemaNode> stored = new LinkedHashMap<>();
        schema.columns().forEach(node -> stored.put(node.field().getName(), node));
        for (String name : predicate.columns()) {
            SchemaNode node = stored.get(name);
            if (node instanceof SchemaNode.Leaf leaf && leaf.isFlat()) {
                flat.put(name, leaf);
            } else if (node == null && wanted != null && isNullWhereMissing(wanted, name)) {
                nullColumns.add(name);
            }
        }
    }

    private static boolean isNullWhereMissing(Schema wanted, String name) {
        return wanted.getFields().stream()
                .anyMatch(field -> field.getName().equals(name)
                        && FieldMetadata.pastDefault(field).isEmpty());
    }

    /**
     * Returns the rows that are left.
     *
     * @param rowGroup the row group
     */
    RowSet select(RowGroupInfo rowGroup) throws IOException {
        long rows = rowGroup.rowCount();
        Map<String, List<Zone>> zones = new LinkedHashMap<>();
        for (Map.Entry<String, SchemaNode.Leaf> column : flat.entrySet()) {
            ColumnChunkInfo chunk = rowGroup.chunks().get(column.getValue().index());
            ZoneBounds bounds = new StoredBounds(
                            column.getValue(), chunk.hints().ordered())
                    .ofChunk(chunk.hints().statistics(), rows);
            zones.put(column.getKey(), List.of(new Zone(0, rows, bounds)));
        }
        for (String name : nullColumns) {
            zones.put(name, List.of(new Zone(0, rows, ZoneBounds.ALL_NULL)));
        }
        List<Zone> unknown = List.of(new Zone(0, rows, ZoneBounds.UNKNOWN));
        ZonePruning pruning = new ZonePruning(rows, name -> zones.getOrDefault(name, unknown));
        RowSet left = pruning.select(predicate);
        if (left.isEmpty() || flat.isEmpty()) {
            return left;
        }
        Map<Integer, PageLocations> locations = indexes.locations(rowGroup, flat.values());
        Map<Integer, List<Zone>> pages = indexes.zones(rowGroup, flat.values(), locations);
        if (pages.isEmpty()) {
            return left;
        }
        flat.forEach((name, leaf) -> {
            List<Zone> known = pages.get(leaf.index());
            if (known != null) {
                zones.put(name, known);
            }
        });
        return left.and(pruning.select(predicate));
    }
}
