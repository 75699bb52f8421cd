package io.deltacat.client.read;

import com.fasterxml.jackson.databind.JsonNode;
import io.deltacat.client.FailureContextBuilder;
import io.deltacat.client.Unsupported;
import io.deltacat.client.model.DeltaType;
import io.deltacat.client.model.ReadPlan;
import io.deltacat.client.model.ScanTask;
import io.deltacat.client.read.merge.MergeOptions;
import io.deltacat.client.read.merge.MergeOrderKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.Schema;

/** Reads from plans how a table merges (protocol/data-plane.md §2.3, §2.5). Stateless. */
public final class MergePlans {
    private MergePlans() {}

    /**
     * Returns the tasks of a page: those of its merge plan if it has one with tasks, else its own.
     *
     * @param page a page of a plan
     */
    public static List<ScanTask> tasks(ReadPlan page) {
        if (page.requiresMor() && page.morPlan() != null && page.morPlan().scanTasks() != null) {
            List<ScanTask> merged = page.morPlan().scanTasks();
            return merged.isEmpty() ? page.scanTasks() : merged;
        }
        return page.scanTasks();
    }

    /**
     * Returns how the rows of a table merge.
     *
     * @param page a page of a plan
     * @param schema the stored columns of the table
     * @param maxIndexBytes heap for the merge, see {@link MergeOptions#maxIndexBytes()}
     * @throws Unsupported if the plan's order keys are of no known form
     */
    public static MergeOptions options(ReadPlan page, Schema schema, long maxIndexBytes) {
        List<String> keys = page.mergeKeys() == null ? List.of() : page.mergeKeys();
        return new MergeOptions(schema, keys, orderKeys(page), maxIndexBytes);
    }

    /**
     * Returns the type of a delta; without one it is an append.
     *
     * @param task task of a plan
     * @throws Unsupported if the type is not known
     */
    public static DeltaType type(ScanTask task) {
        if (task.deltaType() == null) {
            return DeltaType.APPEND;
        }
        return DeltaType.parse(task.deltaType().toLowerCase(Locale.ROOT))
                .orElseThrow(() -> unsupported(
                        "the delta at stream position " + task.streamPosition() + " is of type '" + task.deltaType()
                                + "'; expected 'add', 'append', 'upsert' or 'delete'",
                        "Use a newer version of this client."));
    }

    /**
     * Returns the columns by which a delete delta finds its rows.
     *
     * @param task task of a plan
     * @return names of columns; empty means the merge keys
     */
    public static List<String> equalityColumns(ScanTask task) {
        Map<String, JsonNode> params = task.entryParams();
        JsonNode locators = params == null ? null : params.get("equality_field_locators");
        List<String> columns = new ArrayList<>();
        if (locators != null && locators.isArray()) {
            locators.forEach(locator -> columns.add(locator.asText()));
        }
        return columns;
    }

    private static List<MergeOrderKey> orderKeys(ReadPlan page) {
        List<MergeOrderKey> keys = new ArrayList<>();
        if (page.morPlan() == null) {
            return keys;
        }
        for (JsonNode entry : page.morPlan().sortKeys()) {
            JsonNode columns = entry.path("key");
            boolean descending =
                    entry.path("sort_order").asText("").toLowerCase(Locale.ROOT).startsWith("desc");
            if (columns.isTextual()) {
                keys.add(new MergeOrderKey(columns.textValue(), descending));
            } else if (columns.isArray()) {
                columns.forEach(column -> keys.add(new MergeOrderKey(column.asText(), descending)));
            } else {
                throw unsupported(
                        "the merge plan of table '" + page.namespace() + "." + page.table() + "' has order key " + entry
                                + "; expected an object with 'key' and 'sort_order'",
                        "Use a newer version of this client.");
            }
        }
        return keys;
    }

    static Unsupported unsupported(String problem, String cure) {
        return new Unsupported(FailureContextBuilder.builder()
                .code("unsupported_table")
                .problem(problem)
                .cure(cure)
                .build());
    }
}
