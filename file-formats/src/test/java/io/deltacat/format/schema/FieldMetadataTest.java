package io.deltacat.format.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deltacat.format.FormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.arrow.vector.types.pojo.Field;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FieldMetadataTest {
    private static final Field FIELD = TypeNames.field("f", "int64", true);

    record Packed(String packed, String text) {}

    static List<Packed> defaults() throws IOException {
        List<Packed> defaults = new ArrayList<>();
        new ObjectMapper()
                .readTree(Path.of("src/test/resources/golden/type_names.json").toFile())
                .get("defaults")
                .forEach(value -> defaults.add(new Packed(
                        value.get("packed").asText(), value.get("text").asText())));
        return defaults;
    }

    @ParameterizedTest
    @MethodSource("defaults")
    void messagePackIsReadAndWrittenAsPythonDoes(Packed golden) throws IOException {
        byte[] bytes = Base64.getDecoder().decode(golden.packed());
        Object value = MessagePack.unpack(bytes);
        assertThat(MessagePack.pack(value)).isEqualTo(bytes);
        if (value instanceof byte[] binary) {
            assertThat(HexFormat.of().formatHex(binary)).isEqualTo(golden.text());
        } else {
            ObjectMapper json = new ObjectMapper().enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS);
            JsonNode expected = json.readTree(golden.text());
            assertThat(json.readTree(json.writeValueAsString(value))).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @MethodSource("defaults")
    void cutOrDamagedMessagePackIsRefused(Packed golden) {
        byte[] bytes = Base64.getDecoder().decode(golden.packed());
        SplittableRandom random = new SplittableRandom(7);
        for (int cut = 0; cut < bytes.length; cut++) {
            byte[] shorter = java.util.Arrays.copyOf(bytes, cut);
            assertThatThrownBy(() -> MessagePack.unpack(shorter)).isInstanceOf(IllegalArgumentException.class);
        }
        for (int i = 0; i < 200 && bytes.length > 0; i++) {
            byte[] damaged = bytes.clone();
            damaged[random.nextInt(bytes.length)] = (byte) random.nextInt();
            try {
                MessagePack.unpack(damaged);
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessageMatching("(?s).+"); // refused, and said why
            }
        }
    }

    @Test
    void flagsAreThoseOfTheStorageLayer() {
        assertThat(FieldMetadata.isMergeKey(FIELD)).isFalse();
        Field key = FieldMetadata.withEventTime(FieldMetadata.withMergeKey(FIELD));
        assertThat(FieldMetadata.isMergeKey(key)).isTrue();
        assertThat(FieldMetadata.isEventTime(key)).isTrue();
        assertThat(key.getMetadata()).containsEntry("DELTACAT:merge_key", "True");
        assertThat(FieldMetadata.isMergeKey(FieldMetadata.with(FIELD, FieldMetadata.MERGE_KEY, "False")))
                .isFalse();
    }

    @Test
    void metadataSurvivesSerialization() {
        Field field = FieldMetadata.withMergeOrder(
                FieldMetadata.withFutureDefault(FieldMetadata.withPastDefault(FIELD, 7), "x"), "descending", "at_end");
        field = FieldMetadata.with(FieldMetadata.with(field, FieldMetadata.FIELD_ID, "12"), FieldMetadata.DOC, "doc");
        Field read = ArrowSchemas.fromBase64(
                        ArrowSchemas.toBase64(new org.apache.arrow.vector.types.pojo.Schema(List.of(field))))
                .getFields()
                .get(0);
        assertThat(FieldMetadata.pastDefault(read)).hasValue(7L);
        assertThat(FieldMetadata.futureDefault(read)).hasValue("x");
        assertThat(FieldMetadata.mergeOrder(read)).hasValue(List.of("descending", "at_end"));
        assertThat(FieldMetadata.fieldId(read)).hasValue(12);
        assertThat(FieldMetadata.doc(read)).hasValue("doc");
        assertThat(FieldMetadata.consistencyType(read)).isEmpty();
        assertThat(FieldMetadata.isComputed(read)).isFalse();
    }

    @Test
    void aDefaultThatIsNotMessagePackIsRefused() {
        Field field = FieldMetadata.with(FIELD, FieldMetadata.PAST_DEFAULT, "\u00c1\u00c1 no");
        assertThatThrownBy(() -> FieldMetadata.pastDefault(field))
                .isInstanceOf(FormatException.InvalidSchema.class)
                .hasMessageContaining("'f'")
                .hasMessageContaining("DELTACAT:past_default");
    }

    @ParameterizedTest
    @CsvSource({
        "int32, 7, 7",
        "int64, 9000000000, 9000000000",
        "uint8, 255, 255",
        "float32, 1.5, 1.5",
        "float64, 2, 2.0",
        "timestamp[us], 5, 5",
        "date32, 3, 3"
    })
    void numericDefaultsBecomeVectorValues(String type, String value, String expected) {
        Object stored = value.contains(".") ? (Object) Double.valueOf(value) : (Object) Long.valueOf(value);
        Field field = FieldMetadata.withPastDefault(TypeNames.field("f", type, true), stored);
        assertThat(DefaultValues.pastDefault(field).map(Object::toString)).hasValue(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "date32, 1970-01-03, 2",
        "date64, 1970-01-03, 172800000",
        "time64[us], 00:00:01.5, 1500000",
        "timestamp[ms], 1970-01-01T00:00:02, 2000",
        "timestamp[ms], 1970-01-01 00:00:02, 2000",
        "'timestamp[s, tz=UTC]', 1970-01-01T01:00:02+01:00, 2",
        "timestamp[s], 1970-01-02, 86400",
        "'decimal128(10, 2)', 12.5, 1250"
    })
    void textDefaultsBecomeVectorValues(String type, String value, String expected) {
        Field field = FieldMetadata.withPastDefault(TypeNames.field("f", type, true), value);
        assertThat(DefaultValues.pastDefault(field).map(Object::toString)).hasValue(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "int8, 128",
        "uint8, -1",
        "int32, 3000000000",
        "date32, someday",
        "timestamp[s], 1970-01-01T00:00:00.5",
        "'decimal128(3, 1)', 123.4",
        "bool, 1",
        "'fixed_size_binary[3]', four",
        "list<item: int64>, x"
    })
    void defaultsThatDoNotFitAreRefused(String type, String value) {
        Object stored = value.matches("-?\\d+") ? (Object) Long.valueOf(value) : value;
        Field field = FieldMetadata.withPastDefault(TypeNames.field("f", type, true), stored);
        assertThatThrownBy(() -> DefaultValues.pastDefault(field))
                .isInstanceOf(FormatException.InvalidSchema.class)
                .hasMessageContaining("'f'")
                .hasMessageContaining(value);
    }

    @Test
    void noDefaultIsNoDefault() {
        assertThat(DefaultValues.pastDefault(FIELD)).isEqualTo(Optional.empty());
    }
}
