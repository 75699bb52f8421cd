package io.deltacat.client.filter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A predicate over top-level columns and JSON literals, in the grammar of {@code filter_predicate}
 * (protocol/data-plane.md §2.2). Immutable.
 */
public sealed interface Filter {

    /**
     * Parses the wire form.
     *
     * @param predicate the JSON predicate; null, JSON null and {@code {}} mean no filter
     * @return the filter, or empty for none
     * @throws FilterSyntaxException naming the path of the node that is not in the grammar
     */
    static Optional<Filter> parse(@Nullable JsonNode predicate) {
        if (predicate == null || predicate.isNull() || (predicate.isObject() && predicate.isEmpty())) {
            return Optional.empty();
        }
        return Optional.of(FilterParser.parse(predicate, "$"));
    }

    /**
     * The wire form.
     *
     * @return a new JSON tree
     */
    JsonNode toJson();

    /**
     * Says exactly what this predicate is for one row.
     *
     * @param row comparable values of the row
     * @param types comparison class of each column
     * @return the truth value; only {@link Truth#TRUE} selects the row
     */
    Truth test(RowValues row, Function<String, ColumnType> types);

    /**
     * Says which truth values may occur among rows known by their statistics.
     *
     * @param domains what is known of each column
     * @return possible outcomes; rows can be skipped when {@link Outcomes#canBeTrue()} is false
     */
    Outcomes outcomes(Function<String, ColumnDomain> domains);

    /**
     * Adds the columns that the predicate reads.
     *
     * @param columns receives the names
     */
    void collectColumns(Set<String> columns);

    /**
     * The columns that the predicate reads.
     *
     * @return names in order of appearance
     */
    default Set<String> columns() {
        Set<String> columns = new LinkedHashSet<>();
        collectColumns(columns);
        return columns;
    }

    /** Comparison operators, with their wire names. */
    enum Operator {
        EQ,
        NEQ,
        GT,
        GTE,
        LT,
        LTE;

        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        boolean holds(int order) {
            return switch (this) {
                case EQ -> order == 0;
                case NEQ -> order != 0;
                case GT -> order > 0;
                case GTE -> order >= 0;
                case LT -> order < 0;
                case LTE -> order <= 0;
            };
        }
    }

    /** All operands hold. */
    record And(List<Filter> operands) implements Filter {
        /** Copies the operands. */
        public And {
            operands = List.copyOf(operands);
        }

        @Override
        public JsonNode toJson() {
            return Json.node("and", Json.array(operands));
        }

        @Override
        public Truth test(RowValues row, Function<String, ColumnType> types) {
            Truth truth = Truth.TRUE;
            for (Filter operand : operands) {
                truth = truth.and(operand.test(row, types));
            }
            return truth;
        }

        @Override
        public Outcomes outcomes(Function<String, ColumnDomain> domains) {
            Outcomes outcomes = operands.get(0).outcomes(domains);
            for (Filter operand : operands.subList(1, operands.size())) {
                outcomes = outcomes.and(operand.outcomes(domains));
            }
            return outcomes;
        }

        @Override
        public void collectColumns(Set<String> columns) {
            operands.forEach(operand -> operand.collectColumns(columns));
        }
    }

    /** At least one operand holds. */
    record Or(List<Filter> operands) implements Filter {
        /** Copies the operands. */
        public Or {
            operands = List.copyOf(operands);
        }

        @Override
        public JsonNode toJson() {
            return Json.node("or", Json.array(operands));
        }

        @Override
        public Truth test(RowValues row, Function<String, ColumnType> types) {
            Truth truth = Truth.FALSE;
            for (Filter operand : operands) {
                truth = truth.or(operand.test(row, types));
            }
            return truth;
        }

        @Override
        public Outcomes outcomes(Function<String, ColumnDomain> domains) {
            Outcomes outcomes = operands.get(0).outcomes(domains);
            for (Filter operand : operands.subList(1, operands.size())) {
                outcomes = outcomes.or(operand.outcomes(domains));
            }
            return outcomes;
        }

        @Override
        public void collectColumns(Set<String> columns) {
            operands.forEach(operand -> operand.collectColumns(columns));
        }
    }

    /** The operand is false; unknown stays unknown. */
    record Not(Filter operand) implements Filter {
        @Override
        public JsonNode toJson() {
            return Json.node("not", operand.toJson());
        }

        @Override
        public Truth test(RowValues row, Function<String, ColumnType> types) {
            return operand.test(row, types).not();
        }

        @Override
        public Outcomes outcomes(Function<String, ColumnDomain> domains) {
            return operand.outcomes(domains).not();
        }

        @Override
        public void collectColumns(Set<String> columns) {
            operand.collectColumns(columns);
        }
    }

    /** The column is null; never unknown. */
    record IsNull(String column) implements Filter {
        @Override
        public JsonNode toJson() {
            return Json.node("is_null", TextNode.valueOf(column));
        }

        @Override
        public Truth test(RowValues row, Function<String, ColumnType> types) {
            return Truth.of(row.value(column) == null);
        }

        @Override
        public Outcomes outcomes(Function<String, ColumnDomain> domains) {
            ColumnDomain domain = domains.apply(column);
            return new Outcomes(domain.mayHaveNull(), domain.mayHaveValue(), false);
        }

        @Override
        public void collectColumns(Set<String> columns) {
            columns.add(column);
        }
    }

    /** A column against a literal. A literal that cannot be a value of the column's type compares as unknown. */
    record Comparison(Operator operator, String column, JsonNode literal) implements Filter {
        @Override
        public JsonNode toJson() {
            return Json.node(operator.wireName(), Json.pair(column, literal));
        }

        @Override
        public Truth test(RowValues row, Function<String, ColumnType> types) {
            Comparable<?> value = row.value(column);
            return value == null ? Truth.UNKNOWN : testValue(value, types.apply(column));
        }

        Truth testValue(Comparable<?> value, ColumnType type) {
            Optional<Comparable<?>> wanted = type.comparable(literal);
            if (wanted.isEmpty()) {
                return Truth.UNKNOWN;
            }
            if (value instanceof ColumnType.Floating floating && Double.isNaN(floating.value())) {
                return Truth.of(operator == Operator.NEQ);
            }
            return Truth.of(operator.holds(Bounds.compare(value, wanted.get())));
        }

        @Override
        public Outcomes outcomes(Function<String, ColumnDomain> domains) {
            return Bounds.outcomes(domains.apply(column), operator, literal);
        }

        @Override
        public void collectColumns(Set<String> columns) {
            columns.add(column);
        }
    }

    /** The column equals one of the literals. */
    record In(String column, List<JsonNode> literals) implements Filter {
        /** Copies the literals. */
        public In {
            literals = List.copyOf(literals);
        }

        @Override
        public JsonNode toJson() {
            ArrayNode values = JsonNodeFactory.instance.arrayNode();
            values.addAll(literals);
            return Json.node("in", Json.pair(column, values));
        }

        private Filter expanded() {
            List<Filter> equals = new ArrayList<>(literals.size());
            for (JsonNode literal : literals) {
                equals.add(new Comparison(Operator.EQ, column, literal));
            }
            return new Or(equals);
        }

        @Override
        public Truth test(RowValues row, Function<String, ColumnType> types) {
            return literals.isEmpty() ? Truth.FALSE : expanded().test(row, types);
        }

        @Override
        public Outcomes outcomes(Function<String, ColumnDomain> domains) {
            return literals.isEmpty()
                    ? new Outcomes(false, true, false)
                    : expanded().outcomes(domains);
        }

        @Override
        public void collectColumns(Set<String> columns) {
            columns.add(column);
        }
    }

    /** The column lies between two literals, both inclusive. */
    record Between(String column, JsonNode lower, JsonNode upper) implements Filter {
        @Override
        public JsonNode toJson() {
            ArrayNode values = Json.pair(column, lower);
            values.add(upper);
            return Json.node("between", values);
        }

        private Filter expanded() {
            return new And(
                    List.of(new Comparison(Operator.GTE, column, lower), new Comparison(Operator.LTE, column, upper)));
        }

        @Override
        public Truth test(RowValues row, Function<String, ColumnType> types) {
            return expanded().test(row, types);
        }

        @Override
        public Outcomes outcomes(Function<String, ColumnDomain> domains) {
            return expanded().outcomes(domains);
        }

        @Override
        public void collectColumns(Set<String> columns) {
            columns.add(column);
        }
    }

    /** Builds wire trees. */
    final class Json {
        private Json() {}

        static ObjectNode node(String operator, JsonNode operand) {
            ObjectNode node = JsonNodeFactory.instance.objectNode();
            node.set(operator, operand);
            return node;
        }

        static ArrayNode array(List<Filter> operands) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            operands.forEach(operand -> array.add(operand.toJson()));
            return array;
        }

        static ArrayNode pair(String column, JsonNode value) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            array.add(column).add(value);
            return array;
        }
    }
}
