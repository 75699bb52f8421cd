package io.deltacat.client.read;

import io.deltacat.client.catalog.TableSchemas;
import io.deltacat.client.model.DataFile;
import io.deltacat.client.model.ReadPlan;
import io.deltacat.client.model.SchemaField;
import io.deltacat.client.read.file.StoredFile;
import io.deltacat.format.schema.FieldMetadata;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Turns the files of one plan page into what a reader needs: their format, by the plan's where they name none, and the
 * columns they hold, by the schema they were written with. Confined to one thread.
 */
public final class PlannedFiles {
    private static final String CURRENT = "";
    private static final String DEFAULT_CONTENT_TYPE = "parquet";

    private final ReadPlan page;
    private final Map<String, Optional<Schema>> schemas = new HashMap<>();

    /**
     * Prepares the files of a page.
     *
     * @param page a page of a plan
     */
    public PlannedFiles(ReadPlan page) {
        this.page = page;
    }

    /**
     * Describes a file.
     *
     * @param file a file of the page
     * @return what a reader needs
     * @throws io.deltacat.format.FormatException if the plan's schema of the file is malformed
     */
    public StoredFile stored(DataFile file) {
        String type = file.contentType() == null ? page.contentType() : file.contentType();
        return new StoredFile(
                file.path(),
                type == null || type.isEmpty() ? DEFAULT_CONTENT_TYPE : type,
                file.contentEncoding(),
                storedColumns(file.schemaId()).orElse(null));
    }

    private Optional<Schema> storedColumns(@Nullable String schemaId) {
        String id = schemaId == null ? CURRENT : schemaId;
        return schemas.computeIfAbsent(id, this::findColumns);
    }

    private Optional<Schema> findColumns(String id) {
        String serialized = page.schemasSerializedById() == null
                ? null
                : page.schemasSerializedById().get(id);
        List<SchemaField> fields =
                page.schemasById() == null ? null : page.schemasById().get(id);
        Optional<Schema> written = TableSchemas.schemaOf(serialized, fields);
        return written.or(() -> TableSchemas.schemaOf(page.schemaSerialized(), page.schema()))
                .map(PlannedFiles::withoutComputed);
    }

    private static Schema withoutComputed(Schema schema) {
        List<Field> fields = schema.getFields().stream()
                .filter(field -> !FieldMetadata.isComputed(field))
                .toList();
        return new Schema(fields, schema.getCustomMetadata());
    }
}
