package io.deltacat.client.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltacat.client.model.SchemaField;
import io.deltacat.client.model.SchemaFieldBuilder;
import io.deltacat.format.schema.ArrowSchemas;
import io.deltacat.format.schema.TypeNames;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

class TableSchemasTest {

    private static final Schema SCHEMA =
            new Schema(List.of(TypeNames.field("a", "int64", false), TypeNames.field("b", "string", true)));

    @Test
    void theSerializedSchemaWinsOverTheFields() {
        assertThat(TableSchemas.schemaOf(ArrowSchemas.toBase64(SCHEMA), List.of(field("z", "int8", true))))
                .hasValue(SCHEMA);
    }

    @Test
    void fieldsAloneAreUnderstoodWithOldTypeNames() {
        assertThat(TableSchemas.schemaOf(null, List.of(field("a", "int64", false), field("b", "string", null))))
                .hasValue(SCHEMA);
    }

    @Test
    void aTableWithoutSchemaHasNone() {
        assertThat(TableSchemas.schemaOf(null, List.of())).isEmpty();
        assertThat(TableSchemas.schemaOf("", null)).isEmpty();
    }

    private static SchemaField field(String name, String type, Boolean nullable) {
        return SchemaFieldBuilder.builder()
                .name(name)
                .type(type)
                .nullable(nullable)
                .build();
    }
}
