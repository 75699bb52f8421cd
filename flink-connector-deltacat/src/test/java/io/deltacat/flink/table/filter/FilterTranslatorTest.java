package io.deltacat.flink.table.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltacat.client.filter.Filter;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.expressions.CallExpression;
import org.apache.flink.table.expressions.FieldReferenceExpression;
import org.apache.flink.table.expressions.ResolvedExpression;
import org.apache.flink.table.expressions.ValueLiteralExpression;
import org.apache.flink.table.functions.BuiltInFunctionDefinition;
import org.apache.flink.table.functions.BuiltInFunctionDefinitions;
import org.apache.flink.table.types.DataType;
import org.junit.jupiter.api.Test;

class FilterTranslatorTest {
    private static final ResolvedExpression ID = column("id", DataTypes.BIGINT());
    private static final ResolvedExpression NAME = column("name", DataTypes.STRING());

    private static FieldReferenceExpression column(String name, DataType type) {
        return new FieldReferenceExpression(name, type, 0, 0);
    }

    private static ResolvedExpression literal(Object value) {
        return new ValueLiteralExpression(value);
    }

    private static ResolvedExpression call(BuiltInFunctionDefinition function, ResolvedExpression... operands) {
        return CallExpression.permanent(function, Arrays.asList(operands), DataTypes.BOOLEAN());
    }

    private static String json(ResolvedExpression... predicates) {
        return FilterTranslator.translate(List.of(predicates))
                .map(Filter::toJson)
                .map(Object::toString)
                .orElse("none");
    }

    @Test
    void comparisonsKeepTheirSenseWhicheverSideTheColumnIsOn() {
        assertThat(json(call(BuiltInFunctionDefinitions.GREATER_THAN, ID, literal(5L))))
                .isEqualTo("{\"gt\":[\"id\",5]}");
        assertThat(json(call(BuiltInFunctionDefinitions.GREATER_THAN, literal(5L), ID)))
                .isEqualTo("{\"lt\":[\"id\",5]}");
        assertThat(json(call(BuiltInFunctionDefinitions.NOT_EQUALS, NAME, literal("x"))))
                .isEqualTo("{\"neq\":[\"name\",\"x\"]}");
    }

    @Test
    void literalsTakeTheFormOfStatistics() {
        assertThat(json(
                        call(
                                BuiltInFunctionDefinitions.EQUALS,
                                column("d", DataTypes.DATE()),
                                literal(LocalDate.of(2024, 2, 29))),
                        call(
                                BuiltInFunctionDefinitions.LESS_THAN,
                                column("t", DataTypes.TIMESTAMP(6)),
                                literal(LocalDateTime.of(2024, 1, 1, 0, 0, 0, 1000))),
                        call(
                                BuiltInFunctionDefinitions.LESS_THAN,
                                column("z", DataTypes.TIMESTAMP_LTZ(3)),
                                literal(Instant.ofEpochMilli(1))),
                        call(
                                BuiltInFunctionDefinitions.EQUALS,
                                column("p", DataTypes.DECIMAL(10, 2)),
                                literal(new BigDecimal("1.50")))))
                .isEqualTo("{\"and\":[{\"eq\":[\"d\",\"2024-02-29\"]},{\"lt\":[\"t\",\"2024-01-01T00:00:00.000001\"]},"
                        + "{\"lt\":[\"z\",\"1970-01-01T00:00:00.001Z\"]},{\"eq\":[\"p\",1.50]}]}");
    }

    @Test
    void aConjunctionIsTranslatedAsFarAsItGoes() {
        ResolvedExpression unknown = call(BuiltInFunctionDefinitions.LIKE, NAME, literal("a%"));
        ResolvedExpression known = call(BuiltInFunctionDefinitions.EQUALS, ID, literal(1L));
        assertThat(json(call(BuiltInFunctionDefinitions.AND, unknown, known))).isEqualTo("{\"eq\":[\"id\",1]}");
        assertThat(json(unknown)).isEqualTo("none");
    }

    @Test
    void aDisjunctionOrNegationWithAnUnknownPartIsNotTranslated() {
        ResolvedExpression unknown = call(BuiltInFunctionDefinitions.LIKE, NAME, literal("a%"));
        ResolvedExpression known = call(BuiltInFunctionDefinitions.EQUALS, ID, literal(1L));
        assertThat(json(call(BuiltInFunctionDefinitions.OR, unknown, known))).isEqualTo("none");
        assertThat(json(call(BuiltInFunctionDefinitions.NOT, call(BuiltInFunctionDefinitions.AND, unknown, known))))
                .isEqualTo("none");
    }

    @Test
    void nullChecksInAndBetweenAreTranslated() {
        assertThat(json(call(BuiltInFunctionDefinitions.IS_NOT_NULL, NAME)))
                .isEqualTo("{\"not\":{\"is_null\":\"name\"}}");
        assertThat(json(call(BuiltInFunctionDefinitions.IN, ID, literal(1L), literal(2L))))
                .isEqualTo("{\"in\":[\"id\",[1,2]]}");
        assertThat(json(call(BuiltInFunctionDefinitions.BETWEEN, ID, literal(1L), literal(2L))))
                .isEqualTo("{\"between\":[\"id\",1,2]}");
        assertThat(json(call(BuiltInFunctionDefinitions.NOT, column("ok", DataTypes.BOOLEAN()))))
                .isEqualTo("{\"not\":{\"eq\":[\"ok\",true]}}");
    }

    @Test
    void aComparisonWithNullOrBetweenColumnsIsLeftToThePlanner() {
        assertThat(json(call(
                        BuiltInFunctionDefinitions.EQUALS, ID, new ValueLiteralExpression(null, DataTypes.BIGINT()))))
                .isEqualTo("none");
        assertThat(json(call(BuiltInFunctionDefinitions.EQUALS, ID, column("other", DataTypes.BIGINT()))))
                .isEqualTo("none");
    }
}
