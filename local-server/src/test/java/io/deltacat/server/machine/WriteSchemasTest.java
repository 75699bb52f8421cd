package io.deltacat.server.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltacat.format.schema.FieldMetadata;
import io.deltacat.format.schema.TypeNames;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

class WriteSchemasTest {
    private static final Schema TABLE = schema(field("id", "int32"), field("name", "string"));

    @Test
    void filesThatFitChangeNothing() {
        assertThat(updates(TABLE)).isEmpty();
        assertThat(updates(schema(field("name", "large_string")))).isEmpty();
        assertThat(updates(schema(field("id", "int16")))).isEmpty();
        assertThat(WriteSchemas.updates(TABLE, Map.of())).isEmpty();
    }

    @Test
    void newColumnsAreAddedNullableAndOnce() {
        Field required = TypeNames.field("more", "int32", false);
        List<SchemaUpdate> updates = updates(schema(required), schema(field("more", "int64"), field("x", "bool")));
        assertThat(updates).hasSize(2);
        Field more = ((SchemaUpdate.Add) updates.get(0)).column();
        assertThat(more.isNullable()).isTrue();
        assertThat(TypeNames.displayName(more)).isEqualTo("int64");
        assertThat(((SchemaUpdate.Add) updates.get(1)).column().getName()).isEqualTo("x");
    }

    @Test
    void widerTypesWidenTheTable() {
        List<SchemaUpdate> updates = updates(schema(field("id", "int16")), schema(field("id", "int64")));
        assertThat(updates).singleElement().isInstanceOfSatisfying(SchemaUpdate.UpdateType.class, update -> {
            assertThat(update.name()).isEqualTo("id");
            assertThat(TypeNames.displayName(update.type())).isEqualTo("int64");
        });
    }

    @Test
    void typesThatDoNeitherAreRefusedByEntryAndColumn() {
        assertThatThrownBy(() -> updates(schema(field("name", "int64"))))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("entries[0].path")
                .hasMessageContaining("column 'name'");
    }

    @Test
    void filesFitASchemaThatOnlyGrewOrWidened() {
        assertThat(WriteSchemas.misfit(TABLE, TABLE)).isEmpty();
        assertThat(WriteSchemas.misfit(TABLE, schema(field("id", "int64"), field("new", "bool"))))
                .isEmpty();
        assertThat(WriteSchemas.misfit(TABLE, schema(field("id", "int16"))))
                .get()
                .asString()
                .contains("column 'id'");
        Field required = TypeNames.field("new", "int64", false);
        assertThat(WriteSchemas.misfit(TABLE, schema(required)))
                .get()
                .asString()
                .contains("not nullable");
        assertThat(WriteSchemas.misfit(TABLE, schema(FieldMetadata.withPastDefault(required, 1L))))
                .isEmpty();
    }

    private static List<SchemaUpdate> updates(Schema... files) {
        Map<String, Schema> byEntry = new LinkedHashMap<>();
        for (int i = 0; i < files.length; i++) {
            byEntry.put("entries[" + i + "]", files[i]);
        }
        return WriteSchemas.updates(TABLE, byEntry);
    }

    private static Schema schema(Field... fields) {
        return new Schema(Arrays.asList(fields));
    }

    private static Field field(String name, String type) {
        return TypeNames.field(name, type, true);
    }
}
