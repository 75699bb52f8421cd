package io.deltacat.format.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deltacat.format.FormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares type names with those of the real deltacat-io-core (src/test/python/make_type_names.py). */
class TypeNamesTest {

    record Named(String canonical, String display, Schema schema) {
        @Override
        public String toString() {
            return display;
        }
    }

    static List<Named> types() throws IOException {
        List<Named> types = new ArrayList<>();
        JsonNode golden = new ObjectMapper()
                .readTree(Path.of("src/test/resources/golden/type_names.json").toFile());
        golden.get("types")
                .forEach(type -> types.add(new Named(
                        type.get("canonical").asText(),
                        type.get("display").asText(),
                        ArrowSchemas.fromBase64(type.get("schema").asText()))));
        return types;
    }

    @ParameterizedTest
    @MethodSource("types")
    void namesAreThoseOfTheRealClient(Named named) {
        Field field = named.schema().getFields().get(0);
        String name = TypeNames.nameOf(field);
        if (named.canonical().startsWith(TypeNames.SERIALIZED_PREFIX)) {
            assertThat(name).startsWith(TypeNames.SERIALIZED_PREFIX);
        } else {
            assertThat(name).isEqualTo(named.canonical());
        }
        assertThat(TypeNames.field("f", name, true)).isEqualTo(field);
        assertThat(TypeNames.field("f", named.canonical(), true)).isEqualTo(field);
    }

    @ParameterizedTest
    @MethodSource("types")
    void olderDisplayNamesAreUnderstood(Named named) {
        Field field = named.schema().getFields().get(0);
        Field parsed = TypeNames.field("f", named.display(), true);
        assertThat(parsed.getType()).isEqualTo(field.getType());
        assertThat(parsed.getChildren().toString())
                .isEqualTo(field.getChildren().toString());
    }

    @ParameterizedTest
    @MethodSource("types")
    void schemasSurviveSerialization(Named named) {
        assertThat(ArrowSchemas.fromBase64(ArrowSchemas.toBase64(named.schema())))
                .isEqualTo(named.schema());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "int",
                "int65",
                "time32[us]",
                "timestamp[m]",
                "list<",
                "list<item>",
                "map<string>",
                "struct<a>",
                "decimal128(99999999999, 2)",
                "arrow_schema_base64:!",
                "list<item: what>",
                "float 64"
            })
    void unknownNamesAreRefusedWithTheCure(String name) {
        assertThatThrownBy(() -> TypeNames.field("price", name, true))
                .isInstanceOf(FormatException.InvalidSchema.class)
                .hasMessageMatching("(?s).*(Use|Send|too large).*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "AAAA", "not base64!", "/////w=="})
    void brokenSchemasAreRefusedWithTheCure(String text) {
        assertThatThrownBy(() -> ArrowSchemas.fromBase64(text))
                .isInstanceOf(FormatException.InvalidSchema.class)
                .hasMessageContaining("is not a base64 Arrow IPC schema message");
    }

    @Test
    void theEncapsulatedMessageIsThatOfArrow() throws IOException {
        for (Named named : types()) {
            byte[] ours = Base64.getDecoder().decode(ArrowSchemas.toBase64(named.schema()));
            assertThat(ours).startsWith(0xff, 0xff, 0xff, 0xff);
        }
    }
}
