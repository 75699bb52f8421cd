package io.deltacat.server.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.deltacat.format.schema.FieldMetadata;
import io.deltacat.format.schema.TypeNames;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** States, properties, limits and columns of tables. */
class TableRulesTest {
    @Test
    void onlyKnownStatesAreTaken() {
        assertThat(Lifecycle.state(null)).isEqualTo("active");
        assertThat(Lifecycle.state("beta")).isEqualTo("beta");
        assertThatThrownBy(() -> Lifecycle.state("Active")).hasMessageContainingAll("lifecycle_state", "'Active'");
    }

    @Test
    void aDeletedVersionTakesNoWritesAndIsNeverTheDefault() {
        assertThatThrownBy(() -> Lifecycle.requireWritable("ns.t", "2", Lifecycle.DELETED))
                .hasMessageContainingAll("'ns.t'", "'2'", "lifecycle_state");
        assertThatCode(() -> Lifecycle.requireWritable("ns.t", "2", "deprecated"))
                .doesNotThrowAnyException();
    }

    @Test
    void changedPropertiesReplaceRemoveOrStay() {
        Map<String, JsonNode> now = Map.of("a", IntNode.valueOf(1), "b", IntNode.valueOf(2));
        assertThat(PropertyRules.merged(now, null)).isEqualTo(now);
        assertThat(PropertyRules.merged(now, Map.of())).isEqualTo(now);
        assertThat(PropertyRules.merged(
                        now, Map.of("a", NullNode.instance, "b", TextNode.valueOf("x"), "c", IntNode.valueOf(3))))
                .isEqualTo(Map.of("b", TextNode.valueOf("x"), "c", IntNode.valueOf(3)));
    }

    @ParameterizedTest
    @CsvSource({
        "read_optimization_level, max, true",
        "read_optimization_level, fastest, false",
        "schema_evolution_mode, disabled, true",
        "schema_evolution_mode, yes, false",
        "default_schema_consistency_type, validate, true",
        "default_schema_consistency_type, '', false",
        "appended_delta_count_compaction_trigger, 100, true",
        "appended_delta_count_compaction_trigger, 0, false",
        "records_per_compacted_file, -1, false",
        "retention_days, 7, true",
        "retention_days, 1.5, false",
        "retention_count, many, false",
        "anything_else, whatever, true"
    })
    void knownPropertiesHaveKnownValues(String key, String value, boolean good) {
        Map<String, JsonNode> properties = Map.of(key, TextNode.valueOf(value));
        if (good) {
            assertThatCode(() -> PropertyRules.check("p", properties)).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(() -> PropertyRules.check("p", properties)).hasMessageContainingAll("p." + key, value);
        }
    }

    @Test
    void countsMayBeNumbersToo() {
        JsonNodeFactory json = JsonNodeFactory.instance;
        assertThatCode(() -> PropertyRules.check("p", Map.of("retention_count", json.numberNode(1))))
                .doesNotThrowAnyException();
        for (JsonNode bad :
                List.of(json.numberNode(0), json.numberNode(2.5), json.booleanNode(true), json.arrayNode())) {
            assertThatThrownBy(() -> PropertyRules.check("p", Map.of("retention_count", bad)))
                    .hasMessageContaining("p.retention_count");
        }
    }

    @Test
    void theNearestLimitHoldsOneByOne() {
        assertThat(RetentionRules.effective(List.of(Map.of(), Map.of()))).isEmpty();
        assertThat(RetentionRules.effective(List.of(
                        Map.of("retention_days", IntNode.valueOf(1)),
                        Map.of("retention_days", IntNode.valueOf(2), "retention_count", IntNode.valueOf(3)),
                        Map.of("retention_count", IntNode.valueOf(4)))))
                .isEqualTo(Map.of("retention_days", IntNode.valueOf(1), "retention_count", IntNode.valueOf(3)));
    }

    @Test
    void columnsWithoutAUsableIdGetTheNextOnes() {
        Schema schema = new Schema(List.of(
                column("a", "7"),
                column("b", null),
                column("c", "7"),
                column("d", "-1"),
                column("e", "99999999999"),
                column("f", "2")));
        assertThat(FieldIds.assigned(schema).getFields().stream()
                        .map(field -> FieldMetadata.fieldId(field).orElseThrow()))
                .containsExactly(7, 8, 9, 10, 11, 2);
        assertThat(FieldIds.assigned(new Schema(List.of(column("a", null))), 41).getFields())
                .allMatch(field -> FieldMetadata.fieldId(field).orElseThrow() == 42);
    }

    @Test
    void idsThatACallerChoseBadlyAreRefused() {
        assertThatThrownBy(() -> FieldIds.refuseRepeated("s", List.of(column("a", "3"), column("b", "3"))))
                .hasMessageContaining("s[1].field_id");
        assertThatThrownBy(() -> FieldIds.refuseRepeated("s", List.of(column("a", "0"))))
                .hasMessageContaining("s[0].field_id");
        assertThatCode(() -> FieldIds.refuseRepeated("s", List.of(column("a", null), column("b", "3"))))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "int64, true",
        "string, true",
        "date32, true",
        "bool, true",
        "float32, false",
        "list<item: int64>, false"
    })
    void aMergeKeyCanBeToldApart(String type, boolean good) {
        Field key = FieldMetadata.withMergeKey(TypeNames.field("k", type, true));
        if (good) {
            assertThatCode(() -> FieldRules.check("f", key)).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(() -> FieldRules.check("f", key)).hasMessageContainingAll("f.is_merge_key", "'k'");
        }
    }

    @Test
    void defaultsAreValuesOfTheirColumn() {
        Field number = TypeNames.field("n", "int8", true);
        assertThatCode(() -> FieldRules.check("f", FieldMetadata.withPastDefault(number, 127L)))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> FieldRules.check("f", FieldMetadata.withPastDefault(number, 128L)))
                .hasMessageContaining("f.past_default");
        assertThatThrownBy(() -> FieldRules.check("f", FieldMetadata.withFutureDefault(number, "one")))
                .hasMessageContaining("f.future_default");
        Field nested = TypeNames.field("l", "list<item: int64>", true);
        assertThatThrownBy(() -> FieldRules.check("f", FieldMetadata.withPastDefault(nested, 1L)))
                .isInstanceOf(RefusedException.class);
    }

    private static Field column(String name, String id) {
        Field plain = TypeNames.field(name, "int64", true);
        return id == null ? plain : FieldMetadata.with(plain, FieldMetadata.FIELD_ID, id);
    }
}
