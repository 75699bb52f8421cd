package io.deltacat.server.machine.scan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.deltacat.client.filter.ColumnType;
import io.deltacat.client.filter.Filter;
import io.deltacat.client.filter.Truth;
import io.deltacat.client.model.ColumnStatistics;
import io.deltacat.client.model.PartitionKey;
import io.deltacat.client.model.PartitionScheme;
import io.deltacat.client.partition.PartitionTransform;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plans with pruning, filtered by row, against full scans, over random tables, schemes, statistics and filters. */
class ScanPruningPropertyTest {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Map<String, ArrowType> TYPES = new LinkedHashMap<>();

    static {
        TYPES.put("flag", new ArrowType.Bool());
        TYPES.put("number", new ArrowType.Int(64, true));
        TYPES.put("real", new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE));
        TYPES.put("text", new ArrowType.Utf8());
        TYPES.put("day", new ArrowType.Date(DateUnit.DAY));
        TYPES.put("time", new ArrowType.Timestamp(TimeUnit.MICROSECOND, null));
        TYPES.put("zoned", new ArrowType.Timestamp(TimeUnit.MICROSECOND, "America/New_York"));
    }

    private static final Map<String, List<String>> TRANSFORMS = Map.of(
            "flag", List.of("identity", "bucket(2)", "void"),
            "number", List.of("identity", "bucket(3)", "bucket(3, iceberg)", "truncate(4)", "void"),
            "real", List.of("void"),
            "text", List.of("identity", "bucket(3)", "truncate(1)", "truncate(2)"),
            "day", List.of("identity", "year", "month", "day", "bucket(4)"),
            "time", List.of("year", "month", "day", "hour", "bucket(3)"),
            "zoned", List.of("year", "month", "day", "hour", "bucket(3)"));

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void noRowThatAFilterSelectsIsLeftOut(long seed) {
        Random random = new Random(seed);
        int kept = 0;
        int total = 0;
        for (int round = 0; round < 120; round++) {
            World world = new World(random);
            for (int f = 0; f < 12; f++) {
                Filter filter = filter(random, 3);
                ScanPruning pruning = new ScanPruning(filter, world.types);
                for (DataPart part : world.parts) {
                    ScanPruning.OfPartition within = pruning.in(world.scheme, part.partitionValues, List.of("parquet"));
                    boolean may = within.mayMatch()
                            && within.mayMatch(part.statistics, part.rows.size(), part.schemaId, "parquet", c -> true);
                    total++;
                    kept += may ? 1 : 0;
                    for (Map<String, JsonNode> row : part.rows) {
                        if (selects(filter, row)) {
                            assertThat(may)
                                    .as(
                                            "seed %s: filter %s leaves out row %s of partition %s %s with %s",
                                            seed,
                                            filter.toJson(),
                                            row,
                                            world.scheme,
                                            part.partitionValues,
                                            part.statistics)
                                    .isTrue();
                        }
                    }
                }
            }
        }
        assertThat(kept).as("pruning must leave something out").isLessThan(total * 9 / 10);
    }

    private static boolean selects(Filter filter, Map<String, JsonNode> row) {
        return filter.test(
                        column -> comparable(column, row.get(column)).orElse(null),
                        column -> ColumnType.of(TYPES.get(column)))
                == Truth.TRUE;
    }

    private static Optional<Comparable<?>> comparable(String column, JsonNode value) {
        return value.isNull()
                ? Optional.empty()
                : ColumnType.of(TYPES.get(column)).comparable(value);
    }

    /** A random scheme, with files in random partitions, some with statistics that lack something. */
    private static final class World {
        final PartitionScheme scheme;
        final ColumnTypes types;
        final List<DataPart> parts = new ArrayList<>();

        World(Random random) {
            List<PartitionKey> keys = new ArrayList<>();
            int wanted = random.nextInt(4);
            List<String> columns = new ArrayList<>(TYPES.keySet());
            String calendar = List.of("day", "time", "zoned").get(random.nextInt(3));
            boolean hierarchy = random.nextBoolean();
            for (int i = 0; i < wanted; i++) {
                String column = hierarchy ? calendar : columns.get(random.nextInt(columns.size()));
                List<String> transforms = TRANSFORMS.get(column);
                String transform = hierarchy
                        ? List.of("year", "month", "day").get(i)
                        : transforms.get(random.nextInt(transforms.size()));
                keys.add(new PartitionKey(List.of(column), transform));
            }
            scheme = new PartitionScheme(JSON.textNode("s"), keys);
            // The text column was a number in schema 1: statistics of that time say nothing about the text of today.
            Schema now = schema(TYPES);
            Map<String, ArrowType> before = new LinkedHashMap<>(TYPES);
            boolean evolved = random.nextInt(3) == 0
                    && keys.stream().noneMatch(k -> k.key().contains("text"));
            if (evolved) {
                before.put("text", new ArrowType.Int(64, true));
            }
            types = new ColumnTypes(now, Map.of("1", schema(before), "2", now));
            Map<JsonNode, List<Map<String, JsonNode>>> groups = new LinkedHashMap<>();
            for (int i = 0; i < 30; i++) {
                Map<String, JsonNode> row = row(random);
                groups.computeIfAbsent(values(keys, row), k -> new ArrayList<>())
                        .add(row);
            }
            groups.forEach((values, rows) -> {
                for (int at = 0; at < rows.size(); at += 4) {
                    List<Map<String, JsonNode>> file = rows.subList(at, Math.min(rows.size(), at + 4));
                    boolean old = evolved && random.nextBoolean();
                    Map<String, ColumnStatistics> statistics = statistics(random, file);
                    if (old && statistics.containsKey("text")) {
                        statistics.put("text", new ColumnStatistics(JSON.textNode("9"), JSON.textNode("9"), 0L));
                    }
                    parts.add(new DataPart(values, file, statistics, old ? "1" : "2"));
                }
            });
        }
    }

    private static Schema schema(Map<String, ArrowType> types) {
        List<Field> fields = new ArrayList<>();
        types.forEach((name, type) -> fields.add(Field.nullable(name, type)));
        return new Schema(fields);
    }

    private static JsonNode values(List<PartitionKey> keys, Map<String, JsonNode> row) {
        ArrayNode values = JSON.arrayNode();
        for (PartitionKey key : keys) {
            String column = key.key().get(0);
            Object value = PartitionTransform.parse(key.transform()).apply(typed(column, row.get(column)));
            if (value == null) {
                values.addNull();
            } else if (value instanceof Number number) {
                values.add(number.longValue());
            } else if (value instanceof Boolean flag) {
                values.add(flag);
            } else {
                values.add(value.toString());
            }
        }
        return values;
    }

    private static Object typed(String column, JsonNode value) {
        if (value.isNull()) {
            return null;
        }
        return switch (column) {
            case "flag" -> value.booleanValue();
            case "number" -> value.longValue();
            case "real" -> value.doubleValue();
            case "text" -> value.textValue();
            case "day" -> LocalDate.parse(value.textValue());
            case "time" -> LocalDateTime.parse(value.textValue());
            default -> ZonedDateTime.parse(value.textValue()).withZoneSameInstant(ZoneId.of("America/New_York"));
        };
    }

    private static Map<String, ColumnStatistics> statistics(Random random, List<Map<String, JsonNode>> rows) {
        Map<String, ColumnStatistics> statistics = new LinkedHashMap<>();
        for (String column : TYPES.keySet()) {
            if (random.nextInt(5) == 0) {
                continue;
            }
            long nulls = rows.stream().filter(row -> row.get(column).isNull()).count();
            List<JsonNode> present = rows.stream()
                    .map(row -> row.get(column))
                    .filter(value -> !value.isNull())
                    .sorted((a, b) -> compare(column, a, b))
                    .toList();
            boolean bounds = !present.isEmpty() && random.nextInt(6) != 0;
            statistics.put(
                    column,
                    new ColumnStatistics(
                            bounds ? present.get(0) : null,
                            bounds ? present.get(present.size() - 1) : null,
                            random.nextInt(6) == 0 ? null : nulls));
        }
        return statistics;
    }

    @SuppressWarnings("unchecked")
    private static int compare(String column, JsonNode a, JsonNode b) {
        return ((Comparable<Object>) comparable(column, a).orElseThrow())
                .compareTo(comparable(column, b).orElseThrow());
    }

    private static Map<String, JsonNode> row(Random random) {
        Map<String, JsonNode> row = new LinkedHashMap<>();
        for (String column : TYPES.keySet()) {
            row.put(column, random.nextInt(6) == 0 ? JSON.nullNode() : literal(random, column));
        }
        return row;
    }

    private static JsonNode literal(Random random, String column) {
        String date = String.format(
                "20%02d-%02d-%02d", 20 + random.nextInt(2), 1 + random.nextInt(3), 1 + random.nextInt(28));
        return switch (column) {
            case "flag" -> JSON.booleanNode(random.nextBoolean());
            case "number" -> JSON.numberNode((long) random.nextInt(21) - 10);
            case "real" -> JSON.numberNode(random.nextInt(9) / 4.0 - 1);
            case "text" ->
                JSON.textNode(List.of("", "a", "ab", "abc", "b", "b\ud83d\ude00", "9", "zz")
                        .get(random.nextInt(8)));
            case "day" -> JSON.textNode(date);
            case "time" -> JSON.textNode(String.format("%sT%02d:00:00", date, random.nextInt(24)));
            default -> JSON.textNode(String.format("%sT%02d:00:00+00:00", date, random.nextInt(24)));
        };
    }

    private static Filter filter(Random random, int depth) {
        if (depth > 0 && random.nextInt(3) == 0) {
            List<Filter> operands = List.of(filter(random, depth - 1), filter(random, depth - 1));
            return switch (random.nextInt(3)) {
                case 0 -> new Filter.And(operands);
                case 1 -> new Filter.Or(operands);
                default -> new Filter.Not(operands.get(0));
            };
        }
        List<String> columns = new ArrayList<>(TYPES.keySet());
        String column = columns.get(random.nextInt(columns.size()));
        return switch (random.nextInt(5)) {
            case 0 -> new Filter.IsNull(column);
            case 1 -> new Filter.In(column, List.of(literal(random, column), literal(random, column)));
            case 2 -> new Filter.Between(column, literal(random, column), literal(random, column));
            default ->
                new Filter.Comparison(
                        Filter.Operator.values()[random.nextInt(Filter.Operator.values().length)],
                        column,
                        random.nextInt(12) == 0 ? JSON.textNode("no such value") : literal(random, column));
        };
    }

    private record DataPart(
            JsonNode partitionValues,
            List<Map<String, JsonNode>> rows,
            Map<String, ColumnStatistics> statistics,
            String schemaId) {}
}
