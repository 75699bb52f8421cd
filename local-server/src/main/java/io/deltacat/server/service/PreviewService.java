package io.deltacat.server.service;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.deltacat.client.filter.ColumnType;
import io.deltacat.client.filter.Filter;
import io.deltacat.client.filter.Truth;
import io.deltacat.client.model.PreviewRows;
import io.deltacat.client.read.VectorValues;
import io.deltacat.client.read.file.StoredFiles;
import io.deltacat.client.storage.StorageAccess;
import io.deltacat.format.FormatException;
import io.deltacat.format.batch.ColumnBatch;
import io.deltacat.format.registry.FormatRegistry;
import io.deltacat.server.machine.Refusal;
import io.deltacat.server.machine.RefusalKind;
import io.deltacat.server.machine.RefusedException;
import io.deltacat.server.machine.SchemaSpec;
import io.deltacat.server.store.PartitionRow;
import io.deltacat.server.store.Snapshot;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.vector.types.pojo.Field;
import org.jspecify.annotations.Nullable;

/** Shows a few rows of a table as JSON, read as every reader would see them. Thread-safe. */
public final class PreviewService {
    private static final int PARTITION_PAGE = 100;
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final TypeReference<Map<String, JsonNode>> COLUMN = new TypeReference<>() {};

    private final ServiceContext context;
    private final FileReplies replies;
    private final StoredFiles files;

    /**
     * The service.
     *
     * @param context what it works with
     */
    public PreviewService(ServiceContext context) {
        this.context = context;
        this.replies = new FileReplies(context.roots());
        this.files =
                new StoredFiles(StorageAccess.standard(), FormatRegistry.load(PreviewService.class.getClassLoader()));
    }

    /**
     * Reads some rows.
     *
     * @param limit most rows
     * @param filter which rows are wanted; null for all
     * @return the rows; texts for values JSON has no form for
     */
    public PreviewRows preview(
            String namespace, String table, @Nullable String tableVersion, int limit, @Nullable Filter filter) {
        Begun begun = context.store().read(Snapshot.latest(), view -> {
            TableLookup found = TableLookup.find(view, namespace, table, tableVersion);
            String streamId = view.deltas()
                    .currentStream(found.version().tableId(), found.version().tableVersion())
                    .orElseThrow(() -> new IllegalStateException("table " + table + " has no stream"))
                    .streamId();
            return new Begun(
                    found,
                    view.pinned(),
                    streamId,
                    PartitionTotals.of(view, streamId).records());
        });
        SchemaSpec schema = begun.found().schema();
        List<Map<String, JsonNode>> rows = new ArrayList<>();
        if (schema != null) {
            try {
                read(begun, limit, filter, rows);
            } catch (IOException | FormatException e) {
                throw unreadable(namespace, table, e);
            }
        }
        return new PreviewRows(rows, rows.size(), columns(schema), begun.records());
    }

    private static List<Map<String, JsonNode>> columns(@Nullable SchemaSpec schema) {
        return schema == null
                ? List.of()
                : schema.fields().stream()
                        .map(field -> MAPPER.convertValue(ReplyCodec.mapper().valueToTree(field), COLUMN))
                        .toList();
    }

    private void read(Begun begun, int limit, @Nullable Filter filter, List<Map<String, JsonNode>> rows)
            throws IOException {
        long after = 0;
        boolean more = true;
        while (more && rows.size() < limit) {
            long first = after;
            List<PartitionRow> page = context.store()
                    .read(begun.pinned(), view -> view.deltas().partitions(begun.streamId(), first, PARTITION_PAGE));
            for (PartitionRow partition : page) {
                after = partition.partitionKey();
                Optional<PartitionInput> input = context.store()
                        .read(begun.pinned(), view -> PartitionInput.find(view, partition.partitionKey()));
                if (input.isPresent() && rows.size() < limit) {
                    PartitionRows source = new PartitionRows(context.store(), replies, files, input.get(), () -> false);
                    source.forEach((batch, row) -> {
                        Map<String, JsonNode> shown = show(source.schema().getFields(), batch, row);
                        if (filter == null || selects(filter, source.schema().getFields(), shown)) {
                            rows.add(shown);
                        }
                        return rows.size() < limit;
                    });
                }
            }
            more = page.size() == PARTITION_PAGE;
        }
    }

    private static Map<String, JsonNode> show(List<Field> fields, ColumnBatch batch, int row) {
        Map<String, JsonNode> values = new LinkedHashMap<>();
        for (int i = 0; i < fields.size(); i++) {
            values.put(fields.get(i).getName(), json(VectorValues.get(fields.get(i), batch.column(i), row)));
        }
        return values;
    }

    private static JsonNode json(@Nullable Object value) {
        if (value == null) {
            return JsonNodeFactory.instance.nullNode();
        }
        if (value instanceof Double number) {
            return Double.isFinite(number) ? MAPPER.valueToTree(number) : JsonNodeFactory.instance.nullNode();
        }
        if (value instanceof Float number) {
            return Float.isFinite(number)
                    ? MAPPER.valueToTree(number.doubleValue())
                    : JsonNodeFactory.instance.nullNode();
        }
        if (value instanceof BigDecimal decimal) {
            return MAPPER.valueToTree(decimal.toPlainString());
        }
        if (value instanceof List<?> list) {
            var array = JsonNodeFactory.instance.arrayNode();
            list.forEach(element -> array.add(json(element)));
            return array;
        }
        if (value instanceof Map<?, ?> map) {
            var object = JsonNodeFactory.instance.objectNode();
            map.forEach((key, element) -> object.set(String.valueOf(key), json(element)));
            return object;
        }
        boolean plain = value instanceof Boolean
                || value instanceof Integer
                || value instanceof Long
                || value instanceof BigInteger
                || value instanceof String
                || value instanceof byte[];
        return MAPPER.valueToTree(plain ? value : value.toString());
    }

    private static boolean selects(Filter filter, List<Field> fields, Map<String, JsonNode> row) {
        Map<String, ColumnType> types = new LinkedHashMap<>();
        fields.forEach(field -> types.put(field.getName(), ColumnType.of(field.getType())));
        return filter.test(
                        column -> types.getOrDefault(column, ColumnType.OPAQUE)
                                .comparable(row.getOrDefault(column, JsonNodeFactory.instance.nullNode()))
                                .orElse(null),
                        column -> types.getOrDefault(column, ColumnType.OPAQUE))
                == Truth.TRUE;
    }

    private static RefusedException unreadable(String namespace, String table, Exception cause) {
        return Refusal.of(
                        RefusalKind.INVALID_REQUEST,
                        "a file of table '" + namespace + "." + table + "' cannot be read here: " + cause.getMessage())
                .with("table", table)
                .asException();
    }

    private record Begun(TableLookup found, Snapshot pinned, String streamId, long records) {}
}
