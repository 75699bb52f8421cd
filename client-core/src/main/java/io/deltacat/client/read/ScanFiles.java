package io.deltacat.client.read;

import io.deltacat.client.FailureContextBuilder;
import io.deltacat.client.InvalidRequest;
import io.deltacat.client.TableRef;
import io.deltacat.client.Unsupported;
import io.deltacat.client.catalog.TableSchemas;
import io.deltacat.client.model.DataFile;
import io.deltacat.client.model.ReadPlan;
import io.deltacat.client.model.ScanTask;
import io.deltacat.format.schema.FieldMetadata;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Decides what of a plan page can be read as it is, and with which columns: files of {@code append} and {@code add} deltas
 * in Parquet. Everything else is refused by name rather than read wrongly. Stateless.
 */
final class ScanFiles {
    private static final Set<String> PLAIN_DELTAS = Set.of("append", "add");

    private ScanFiles() {}

    /** The files of a page in the plan's order. */
    static List<DataFile> of(TableRef table, ReadPlan page) {
        if (page.requiresMor()) {
            throw unsupported(
                    "table '" + table + "' has to be merged on read (its merge keys are " + page.mergeKeys() + ")",
                    "Read it through Flink, or compact it first.");
        }
        List<DataFile> files = new ArrayList<>();
        for (ScanTask task : page.scanTasks()) {
            if (task.deltaType() != null
                    && !PLAIN_DELTAS.contains(task.deltaType().toLowerCase(Locale.ROOT))) {
                throw unsupported(
                        "table '" + table + "' has a delta of type '" + task.deltaType() + "' at position "
                                + task.streamPosition(),
                        "Read it through Flink, or compact it first.");
            }
            for (DataFile file : task.files()) {
                files.add(checked(table, page, file));
            }
        }
        return files;
    }

    /** The columns to read, in the order wanted; all stored columns if none are named. */
    static Schema columns(TableRef table, ReadPlan page, @Nullable List<String> wanted) {
        Schema schema = TableSchemas.schemaOf(page.schemaSerialized(), page.schema())
                .orElseThrow(() -> unsupported(
                        "table '" + table + "' has no schema",
                        "Get its files from plan(...) and read them as they are."));
        Map<String, Field> stored = new LinkedHashMap<>();
        for (Field field : schema.getFields()) {
            if (!FieldMetadata.isComputed(field)) {
                stored.put(field.getName(), field);
            }
        }
        if (wanted == null) {
            return new Schema(stored.values(), schema.getCustomMetadata());
        }
        List<Field> fields = new ArrayList<>();
        for (String name : wanted) {
            Field field = stored.get(name);
            if (field == null) {
                throw new InvalidRequest(FailureContextBuilder.builder()
                        .code("unknown_column")
                        .problem("table '" + table + "' has no stored column '" + name + "'; it has " + stored.keySet())
                        .cure("Correct the name or leave it out.")
                        .build());
            }
            fields.add(field);
        }
        return new Schema(fields, schema.getCustomMetadata());
    }

    private static DataFile checked(TableRef table, ReadPlan page, DataFile file) {
        String type = file.contentType() == null ? page.contentType() : file.contentType();
        String shortType = type.substring(type.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        if (!shortType.equals("parquet") && !shortType.equals("vnd.apache.parquet")) {
            throw unsupported(
                    "file '" + file.path() + "' of table '" + table + "' is of content type '" + type
                            + "'; expected 'parquet'",
                    "Rewrite the table in Parquet.");
        }
        if (file.contentEncoding() != null && !file.contentEncoding().equalsIgnoreCase("identity")) {
            throw unsupported(
                    "file '" + file.path() + "' of table '" + table + "' has content encoding '"
                            + file.contentEncoding() + "'; expected none",
                    "Rewrite the table without an outer encoding; Parquet compresses by itself.");
        }
        return file;
    }

    private static Unsupported unsupported(String problem, String cure) {
        return new Unsupported(FailureContextBuilder.builder()
                .code("unsupported_table")
                .problem(problem)
                .cure(cure)
                .build());
    }
}
