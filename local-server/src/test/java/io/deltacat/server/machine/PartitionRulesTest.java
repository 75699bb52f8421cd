package io.deltacat.server.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import io.deltacat.client.model.PartitionKey;
import io.deltacat.client.model.PartitionScheme;
import io.deltacat.client.model.SchemaField;
import io.deltacat.client.model.SchemaFieldBuilder;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PartitionRulesTest {
    private static final List<SchemaField> FIELDS = List.of(
            field("n", "int64"), field("s", "string"), field("f", "float64"), field("b", "bool"), field("d", "date32"));

    static Stream<Arguments> good() {
        return Stream.of(
                Arguments.of("n", "identity", 5, 5L),
                Arguments.of("n", null, 5L, 5L),
                Arguments.of("n", "truncate(10)", -10, -10L),
                Arguments.of("n", "bucket(4)", 3, 3L),
                Arguments.of("s", "identity", "x", "x"),
                Arguments.of("s", "truncate(2)", "", ""),
                Arguments.of("f", "identity", 1, 1.0),
                Arguments.of("b", "identity", true, true),
                Arguments.of("d", "identity", "2024-02-29", "2024-02-29"),
                Arguments.of("d", "year", 2024, 2024L),
                Arguments.of("d", "month", 12, 12L),
                Arguments.of("d", "void", null, null),
                Arguments.of("s", "identity", null, null));
    }

    @ParameterizedTest
    @MethodSource("good")
    void valuesOfTheSchemeAreTakenInOneForm(
            String column, @Nullable String transform, @Nullable Object given, @Nullable Object canonical) {
        assertThat(canonical(scheme(column, transform), Arrays.asList(given), null))
                .isEqualTo(Arrays.asList(canonical));
    }

    static Stream<Arguments> bad() {
        return Stream.of(
                Arguments.of("n", "identity", "5", "'5'"),
                Arguments.of("n", "identity", 1.5, "1.5"),
                Arguments.of("n", "bucket(4)", 4, "4"),
                Arguments.of("n", "bucket(4)", -1, "-1"),
                Arguments.of("s", "identity", 5, "5"),
                Arguments.of("s", "identity", List.of(1), "[1]"),
                Arguments.of("f", "identity", "1", "'1'"),
                Arguments.of("b", "identity", 1, "1"),
                Arguments.of("d", "identity", 19000, "19000"),
                Arguments.of("d", "month", 13, "13"),
                Arguments.of("d", "day", 0, "0"),
                Arguments.of("d", "hour", 24, "24"),
                Arguments.of("d", "void", 1, "1"));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void othersAreRefusedByFieldAndValue(String column, String transform, Object given, String shown) {
        assertThatThrownBy(() -> canonical(scheme(column, transform), Arrays.asList(given), null))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("entries[7].partition_values[0]")
                .hasMessageContaining("is " + shown);
    }

    @Test
    void missingTooManyAndForeignValuesAreRefused() {
        PartitionScheme scheme = scheme("n", "identity");
        assertThatThrownBy(() -> canonical(scheme, null, null)).hasMessageContaining("is missing");
        assertThatThrownBy(() -> canonical(scheme, List.of(), null)).hasMessageContaining("expected 1 value");
        assertThatThrownBy(() -> canonical(scheme, List.of(1, 2), null)).hasMessageContaining("identity[n]");
        assertThatThrownBy(() -> canonical(scheme, List.of(1), "other"))
                .hasMessageContaining("partition_scheme_id' is 'other'");
        assertThatThrownBy(() -> canonical(null, List.of(1), null)).hasMessageContaining("not partitioned");
    }

    @Test
    void anUnpartitionedTableHasNoValues() {
        assertThat(canonical(null, null, null)).isNull();
        assertThat(canonical(null, List.of(), "x")).isNull();
        assertThat(canonical(new PartitionScheme(TextNode.valueOf("id"), List.of()), null, null))
                .isNull();
    }

    @Test
    void withoutSchemaAnyScalarIsTaken() {
        assertThat(PartitionRules.canonical(scheme("x", "identity"), List.of(), List.of(5), "scheme", "e"))
                .isEqualTo(List.of(5L));
    }

    private static @Nullable List<@Nullable Object> canonical(
            @Nullable PartitionScheme scheme, @Nullable List<@Nullable Object> values, @Nullable String schemeId) {
        return PartitionRules.canonical(scheme, FIELDS, values, schemeId, "entries[7]");
    }

    private static PartitionScheme scheme(String column, @Nullable String transform) {
        return new PartitionScheme(TextNode.valueOf("scheme"), List.of(new PartitionKey(List.of(column), transform)));
    }

    private static SchemaField field(String name, String type) {
        return SchemaFieldBuilder.builder().name(name).type(type).build();
    }
}
