package io.deltacat.server.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltacat.format.schema.FieldMetadata;
import io.deltacat.format.schema.TypeNames;
import io.deltacat.server.machine.SchemaEvolution.Bindings;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaEvolutionTest {
    private static final Bindings BOUND = new Bindings(Set.of("day"), Set.of("rank"));
    private static final Schema SCHEMA = FieldIds.assigned(new Schema(List.of(
            FieldMetadata.withMergeKey(TypeNames.field("id", "int32", false)),
            TypeNames.field("day", "string", true),
            TypeNames.field("rank", "int32", true),
            TypeNames.field("name", "string", true),
            FieldMetadata.withEventTime(TypeNames.field("at", "timestamp[ms]", true)),
            TypeNames.field("needed", "float32", false))));

    @Test
    void addedColumnsComeLastWithIdsNeverUsedBefore() {
        Schema added = SchemaEvolution.apply(
                SCHEMA,
                List.of(add(TypeNames.field("b", "int64", true)), add(TypeNames.field("c", "date32", true))),
                false,
                BOUND,
                9);
        assertThat(names(added)).containsExactly("id", "day", "rank", "name", "at", "needed", "b", "c");
        assertThat(ids(added)).containsExactly(1, 2, 3, 4, 5, 6, 10, 11);
    }

    @Test
    void aColumnRemovedAndAddedAgainIsAnotherOne() {
        Schema again = SchemaEvolution.apply(
                SCHEMA, List.of(remove("name"), add(TypeNames.field("name", "int64", true))), false, BOUND, 6);
        assertThat(names(again)).containsExactly("id", "day", "rank", "at", "needed", "name");
        assertThat(ids(again)).containsExactly(1, 2, 3, 5, 6, 7);
    }

    @Test
    void aWiderTypeKeepsNameIdAndDescription() {
        Schema changed = SchemaEvolution.apply(SCHEMA, List.of(change("rank", "int64")), false, BOUND, 6);
        Field rank = changed.findField("rank");
        assertThat(TypeNames.nameOf(rank)).isEqualTo("int64");
        assertThat(FieldMetadata.fieldId(rank)).hasValue(3);
        assertThat(rank.isNullable()).isTrue();
    }

    @Test
    void incompatibleStepsNeedLeave() {
        List<List<SchemaUpdate>> steps = List.of(
                List.of(add(TypeNames.field("b", "int64", false))),
                List.of(remove("needed")),
                List.of(remove("at")),
                List.of(change("name", "int64")),
                List.of(change("rank", "int16")));
        for (List<SchemaUpdate> step : steps) {
            assertRefused("allow_incompatible_changes", step, false);
            assertThat(SchemaEvolution.apply(SCHEMA, step, true, BOUND, 6)).isNotEqualTo(SCHEMA);
        }
    }

    @Test
    void aRequiredColumnWithBothDefaultsIsCompatible() {
        Field column = FieldMetadata.withFutureDefault(
                FieldMetadata.withPastDefault(TypeNames.field("b", "int64", false), 1L), 2L);
        assertThat(names(SchemaEvolution.apply(SCHEMA, List.of(add(column)), false, BOUND, 6)))
                .contains("b");
    }

    @Test
    void keysStayAsTheyAreEvenWithLeave() {
        assertRefused("merge key", List.of(remove("id")), true);
        assertRefused("merge key", List.of(change("id", "int64")), true);
        assertRefused("merge key", List.of(add(FieldMetadata.withMergeKey(TypeNames.field("k", "int64", true)))), true);
        assertRefused("partition column", List.of(remove("day")), true);
        assertRefused("partition column", List.of(change("day", "int64")), true);
        assertRefused("sort scheme", List.of(remove("rank")), true);
    }

    @Test
    void namesMustFit() {
        assertRefused("'none'", List.of(remove("none")), true);
        assertRefused("already", List.of(add(TypeNames.field("name", "int64", true))), true);
        assertRefused(
                "event time", List.of(add(FieldMetadata.withEventTime(TypeNames.field("b", "date32", true)))), true);
    }

    @Test
    void theLastColumnStays() {
        Schema one = new Schema(List.of(TypeNames.field("a", "int64", true)));
        assertThatThrownBy(() ->
                        SchemaEvolution.apply(one, List.of(remove("a")), true, new Bindings(Set.of(), Set.of()), 1))
                .hasMessageContaining("last column");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "int8 | int16 | true",
                "int8 | uint16 | false",
                "uint8 | int16 | true",
                "uint32 | int32 | false",
                "int16 | float32 | true",
                "int32 | float32 | false",
                "int32 | float64 | true",
                "int64 | float64 | false",
                "float16 | float64 | true",
                "float64 | float32 | false",
                "date32 | date64 | true",
                "date64 | date32 | false",
                "date32 | timestamp[us] | true",
                "date32 | timestamp[us, tz=UTC] | false",
                "date32 | timestamp[ns] | false",
                "timestamp[s] | timestamp[us] | true",
                "timestamp[us] | timestamp[ms] | false",
                "timestamp[us] | timestamp[us, tz=UTC] | false",
                "timestamp[us] | timestamp[ns] | false",
                "time32[s] | time64[ns] | true",
                "duration[s] | duration[ms] | true",
                "string | large_string | true",
                "string | binary | false",
                "binary | large_binary | true",
                "null | string | true",
                "bool | int8 | false",
                "list<item: int32> | list<item: int32> | true",
                "list<item: int32> | list<item: int64> | false"
            })
    void aTypeWidensOnlyWithoutLoss(String from, String to, boolean keeps) {
        assertThat(TypeChanges.keepsValues(TypeNames.field("a", from, true), TypeNames.field("a", to, true)))
                .isEqualTo(keeps);
    }

    private static SchemaUpdate add(Field column) {
        return new SchemaUpdate.Add("op", column);
    }

    private static SchemaUpdate remove(String name) {
        return new SchemaUpdate.Remove("op", name);
    }

    private static SchemaUpdate change(String name, String type) {
        return new SchemaUpdate.UpdateType("op", name, TypeNames.field(name, type, true));
    }

    private static void assertRefused(String named, List<SchemaUpdate> updates, boolean allowIncompatible) {
        assertThatThrownBy(() -> SchemaEvolution.apply(SCHEMA, updates, allowIncompatible, BOUND, 6))
                .as(updates.toString())
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining(named);
    }

    private static List<String> names(Schema schema) {
        return schema.getFields().stream().map(Field::getName).toList();
    }

    private static List<Integer> ids(Schema schema) {
        return Arrays.stream(schema.getFields().stream()
                        .mapToInt(field -> FieldMetadata.fieldId(field).orElseThrow())
                        .toArray())
                .boxed()
                .toList();
    }
}
