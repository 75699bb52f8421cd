package io.deltacat.client.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.deltacat.client.model.SchemaField;
import io.deltacat.client.model.SchemaFieldBuilder;
import io.deltacat.format.schema.ArrowSchemas;
import io.deltacat.format.schema.FieldMetadata;
import io.deltacat.format.schema.TypeNames;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;
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
    void fieldsAloneKeepKeysAndDefaults() {
        SchemaField amount = SchemaFieldBuilder.builder()
                .name("amount")
                .type("int64")
                .isMergeKey(true)
                .pastDefault(JsonNodeFactory.instance.numberNode(7))
                .futureDefault(JsonNodeFactory.instance.numberNode(8))
                .consistencyType("validate")
                .build();
        Field field = TableSchemas.schemaOf(null, List.of(amount)).orElseThrow().findField("amount");
        assertThat(FieldMetadata.isMergeKey(field)).isTrue();
        assertThat(FieldMetadata.pastDefault(field)).hasValue(7L);
        assertThat(FieldMetadata.futureDefault(field)).hasValue(8L);
        assertThat(FieldMetadata.consistencyType(field)).hasValue("validate");
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
