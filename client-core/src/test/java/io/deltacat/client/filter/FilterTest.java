package io.deltacat.client.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.deltacat.client.model.ColumnStatistics;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilterTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, ColumnType> TYPES =
            Map.of("i", ColumnType.EXACT, "f", ColumnType.FLOATING, "s", ColumnType.TEXT, "b", ColumnType.OPAQUE);
    private static final Schema SCHEMA = new Schema(List.of(
            Field.nullable("i", new ArrowType.Int(64, true)),
            Field.nullable("f", new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE)),
            Field.nullable("s", new ArrowType.Utf8()),
            Field.nullable("b", new ArrowType.Binary())));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"and\":[{\"eq\":[\"i\",1]},{\"not\":{\"is_null\":\"s\"}}]}",
                "{\"or\":[{\"in\":[\"s\",[\"a\",\"b\"]]},{\"between\":[\"f\",0.5,1.5]}]}",
                "{\"neq\":[\"i\",2]}"
            })
    void everyFormSurvivesARoundTrip(String text) throws Exception {
        assertThat(Filter.parse(JSON.readTree(text)).orElseThrow().toJson()).isEqualTo(JSON.readTree(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"and\":[{\"eq\":[\"i\",1]}]}",
                "{\"eq\":[\"i\"]}",
                "{\"eq\":[1,\"i\"]}",
                "{\"eq\":[\"i\",{}]}",
                "{\"like\":[\"s\",\"a%\"]}",
                "{\"eq\":[\"i\",1],\"neq\":[\"i\",2]}",
                "[]",
                "{\"in\":[\"i\",3]}"
            })
    void whatIsNotInTheGrammarIsRefusedWithThePath(String text) {
        assertThatThrownBy(() -> Filter.parse(JSON.readTree(text)))
                .isInstanceOf(FilterSyntaxException.class)
                .hasMessageContaining("filter_predicate at $");
    }

    @Test
    void emptyPredicateIsNoFilter() throws Exception {
        assertThat(Filter.parse(JSON.readTree("{}"))).isEmpty();
        assertThat(Filter.parse(null)).isEmpty();
    }

    @Test
    void notOfAComparisonWithNullSelectsNothing() throws Exception {
        Filter filter =
                Filter.parse(JSON.readTree("{\"not\":{\"eq\":[\"i\",1]}}")).orElseThrow();
        assertThat(filter.test(column -> null, TYPES::get)).isEqualTo(Truth.UNKNOWN);
    }

    @Test
    void nanHidesBehindBoundsAndIsNotPrunedAway() throws Exception {
        Filter filter =
                Filter.parse(JSON.readTree("{\"not\":{\"lt\":[\"f\",10]}}")).orElseThrow();
        ColumnStatistics statistics = new ColumnStatistics(
                JsonNodeFactory.instance.numberNode(1.0), JsonNodeFactory.instance.numberNode(2.0), 0L);
        assertThat(new FilePruning(filter, SCHEMA).mayMatch(Map.of("f", statistics), 3L))
                .isTrue();
        assertThat(filter.test(column -> new ColumnType.Floating(Double.NaN), TYPES::get))
                .isEqualTo(Truth.TRUE);
    }

    /** A merge prunes by key columns alone: other columns of a newer row decide nothing about the older one it replaces. */
    @Test
    void aColumnOutsideTheSchemaIsNotPrunedByItsNullsEither() throws Exception {
        Schema keysOnly = new Schema(List.of(SCHEMA.findField("i")));
        ColumnStatistics noNulls = new ColumnStatistics(null, null, 0L);
        ColumnStatistics onlyNulls = new ColumnStatistics(null, null, 3L);
        Filter isNull = Filter.parse(JSON.readTree("{\"is_null\":\"s\"}")).orElseThrow();
        Filter isPresent = new Filter.Not(isNull);
        assertThat(new FilePruning(isNull, keysOnly).mayMatch(Map.of("s", noNulls), 3L))
                .isTrue();
        assertThat(new FilePruning(isPresent, keysOnly).mayMatch(Map.of("s", onlyNulls), 3L))
                .isTrue();
        assertThat(new FilePruning(isNull, SCHEMA).mayMatch(Map.of("s", noNulls), 3L))
                .isFalse();
    }

    /** The property that matters: a file is skipped only when a scan of it selects nothing. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void pruningNeverSkipsARowThatAScanSelects(long seed) {
        Random random = new Random(seed);
        int skipped = 0;
        for (int round = 0; round < 2_000; round++) {
            List<Map<String, Comparable<?>>> rows = new ArrayList<>();
            int count = random.nextInt(4);
            for (int i = 0; i < count; i++) {
                rows.add(row(random));
            }
            Filter filter = filter(random, 3);
            boolean selected = rows.stream().anyMatch(row -> filter.test(row::get, TYPES::get) == Truth.TRUE);
            boolean mayMatch = new FilePruning(filter, SCHEMA).mayMatch(statistics(rows), (long) rows.size());
            assertThat(mayMatch || !selected)
                    .as("seed %s round %s filter %s rows %s", seed, round, filter.toJson(), rows)
                    .isTrue();
            skipped += mayMatch ? 0 : 1;
        }
        assertThat(skipped).as("pruning must do something, seed %s", seed).isGreaterThan(100);
    }

    private static Map<String, Comparable<?>> row(Random random) {
        Map<String, Comparable<?>> row = new HashMap<>();
        if (random.nextInt(4) > 0) {
            row.put("i", new ColumnType.Exact(BigDecimal.valueOf(random.nextInt(6))));
        }
        if (random.nextInt(4) > 0) {
            row.put("f", new ColumnType.Floating(random.nextInt(8) == 0 ? Double.NaN : random.nextInt(6)));
        }
        if (random.nextInt(4) > 0) {
            row.put("s", new ColumnType.Utf8(String.valueOf((char) ('a' + random.nextInt(5)))));
        }
        return row;
    }

    private static Filter filter(Random random, int depth) {
        if (depth > 0 && random.nextInt(2) == 0) {
            return switch (random.nextInt(3)) {
                case 0 -> new Filter.And(List.of(filter(random, depth - 1), filter(random, depth - 1)));
                case 1 -> new Filter.Or(List.of(filter(random, depth - 1), filter(random, depth - 1)));
                default -> new Filter.Not(filter(random, depth - 1));
            };
        }
        String column = List.of("i", "f", "s").get(random.nextInt(3));
        return switch (random.nextInt(4)) {
            case 0 -> new Filter.IsNull(column);
            case 1 -> new Filter.In(column, List.of(literal(random, column), literal(random, column)));
            case 2 -> new Filter.Between(column, literal(random, column), literal(random, column));
            default ->
                new Filter.Comparison(
                        Filter.Operator.values()[random.nextInt(Filter.Operator.values().length)],
                        column,
                        literal(random, column));
        };
    }

    private static JsonNode literal(Random random, String column) {
        return column.equals("s")
                ? JsonNodeFactory.instance.textNode(String.valueOf((char) ('a' + random.nextInt(5))))
                : JsonNodeFactory.instance.numberNode(random.nextInt(6));
    }

    private static Map<String, ColumnStatistics> statistics(List<Map<String, Comparable<?>>> rows) {
        Map<String, ColumnStatistics> statistics = new HashMap<>();
        for (String column : List.of("i", "f", "s")) {
            List<Comparable<?>> values = new ArrayList<>();
            long nulls = 0;
            for (Map<String, Comparable<?>> row : rows) {
                Comparable<?> value = row.get(column);
                if (value == null) {
                    nulls++;
                } else if (!(value instanceof ColumnType.Floating floating && Double.isNaN(floating.value()))) {
                    values.add(value);
                }
            }
            values.sort(Bounds::compare);
            statistics.put(
                    column,
                    values.isEmpty()
                            ? new ColumnStatistics(null, null, nulls)
                            : new ColumnStatistics(json(values.get(0)), json(values.get(values.size() - 1)), nulls));
        }
        return statistics;
    }

    private static JsonNode json(Comparable<?> value) {
        if (value instanceof ColumnType.Exact exact) {
            return JsonNodeFactory.instance.numberNode(exact.value());
        }
        if (value instanceof ColumnType.Floating floating) {
            return JsonNodeFactory.instance.numberNode(floating.value());
        }
        return JsonNodeFactory.instance.textNode(((ColumnType.Utf8) value).text());
    }
}
