package io.deltacat.server;

import static io.deltacat.server.ServerClient.require;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.deltacat.client.DeltaCatClient;
import io.deltacat.client.TableRef;
import io.deltacat.client.filter.ColumnType;
import io.deltacat.client.filter.Filter;
import io.deltacat.client.filter.Truth;
import io.deltacat.client.write.WriteMode;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads through filtered plans against full scans, over random partitioned, merged, evolved and compacted tables. */
class PlanPropertyIT {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Map<String, ColumnType> TYPES = Map.of(
            "id", ColumnType.EXACT,
            "text", ColumnType.TEXT,
            "real", ColumnType.FLOATING,
            "day", ColumnType.DATE,
            "extra", ColumnType.EXACT);
    private static final List<String> SCHEMES = List.of(
            "",
            "{\"key\":[\"text\"],\"transform\":\"identity\"}",
            "{\"key\":[\"id\"],\"transform\":\"bucket(3)\"}",
            "{\"key\":[\"day\"],\"transform\":\"year\"},{\"key\":[\"day\"],\"transform\":\"month\"}",
            "{\"key\":[\"id\"],\"transform\":\"truncate(5)\"}");

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void aFilteredReadIsTheFilteredScan(long seed) {
        Random random = new Random(seed);
        try (LocalServer server = LocalServer.start(
                        LocalServerOptions.builder().dataDirectory(directory).build());
                DeltaCatClient client =
                        DeltaCatClient.builder().uri(server.uri()).build()) {
            ServerClient http = new ServerClient(server.uri());
            boolean keyed = random.nextBoolean();
            String scheme = SCHEMES.get((int) seed % SCHEMES.size());
            require(
                    http.post(
                            "/v1/namespaces/default/tables",
                            "{\"table\":\"t\",\"schema_def\":[{\"name\":\"id\",\"type\":\"int64\",\"nullable\":false,"
                                    + "\"is_merge_key\":" + keyed
                                    + "},{\"name\":\"text\",\"type\":\"string\",\"is_merge_key\":"
                                    + (keyed && scheme.contains("text")) + "},{\"name\":\"real\",\"type\":\"float64\"},"
                                    + "{\"name\":\"day\",\"type\":\"date32\",\"is_merge_key\":"
                                    + (keyed && scheme.contains("day")) + "}]"
                                    + (scheme.isEmpty() ? "" : ",\"partition_scheme\":{\"keys\":[" + scheme + "]}")
                                    + ",\"table_version_properties\":{\"appended_delta_count_compaction_trigger\":"
                                    + (2 + random.nextInt(5)) + "}}"),
                    201);
            List<String> columns = new ArrayList<>(List.of("id", "text", "real", "day"));
            for (int i = 0; i < 8; i++) {
                if (i == 4) {
                    require(
                            http.put(
                                    "/v1/namespaces/default/tables/t",
                                    "{\"schema_updates\":{\"operations\":[{\"op\":\"add\",\"field\":{\"name\":\"extra\","
                                            + "\"type\":\"int64\",\"past_default\":7}}]}}"),
                            200);
                    columns.add("extra");
                }
                write(client, random, keyed, scheme, columns);
            }
            List<Map<String, Object>> all = client.catalog().read(table()).toList();
            for (int i = 0; i < 60; i++) {
                Filter filter = filter(random, 2);
                List<String> expected = all.stream()
                        .filter(row -> selects(filter, row))
                        .map(Object::toString)
                        .sorted()
                        .toList();
                List<String> found = client.catalog().read(table()).where(filter).toList().stream()
                        .map(Object::toString)
                        .sorted()
                        .toList();
                assertThat(found)
                        .as(
                                "seed %s, keyed %s, scheme [%s], filter %s, all %s",
                                seed, keyed, scheme, filter.toJson(), all)
                        .isEqualTo(expected);
            }
        }
    }

    private static TableRef table() {
        return TableRef.of("default", "t");
    }

    private static void write(
            DeltaCatClient client, Random random, boolean keyed, String scheme, List<String> columns) {
        Map<Object, Map<String, Object>> rows = new LinkedHashMap<>();
        for (int i = 0; i < 1 + random.nextInt(6); i++) {
            Map<String, Object> row = new LinkedHashMap<>();
            for (String column : columns) {
                boolean key = column.equals("id") || (keyed && scheme.contains("\"" + column + "\""));
                if (key || random.nextInt(5) != 0) {
                    row.put(column, value(random, column));
                }
            }
            rows.put(row.get("id"), row);
        }
        WriteMode mode = keyed
                ? random.nextInt(4) == 0 ? WriteMode.DELETE : WriteMode.MERGE
                : random.nextBoolean() ? WriteMode.APPEND : WriteMode.ADD;
        client.catalog().write(table()).mode(mode).rows(new ArrayList<>(rows.values()));
    }

    private static Object value(Random random, String column) {
        return switch (column) {
            case "id" -> (long) random.nextInt(30) - 10;
            case "text" -> List.of("", "a", "ab", "b").get(random.nextInt(4));
            case "real" -> random.nextInt(8) == 0 ? Double.NaN : random.nextInt(9) / 2.0;
            case "day" -> LocalDate.of(2020 + random.nextInt(2), 1 + random.nextInt(3), 1 + random.nextInt(20));
            default -> (long) random.nextInt(12);
        };
    }

    private static JsonNode literal(Random random, String column) {
        Object value = value(random, column);
        if (value instanceof Long number) {
            return JSON.numberNode(number);
        }
        return value instanceof Double number && !number.isNaN()
                ? JSON.numberNode(number)
                : value instanceof Double ? JSON.numberNode(1.0) : JSON.textNode(value.toString());
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
        String column = List.of("id", "text", "real", "day", "extra").get(random.nextInt(5));
        return switch (random.nextInt(5)) {
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

    private static boolean selects(Filter filter, Map<String, Object> row) {
        return filter.test(column -> comparable(column, row.get(column)).orElse(null), TYPES::get) == Truth.TRUE;
    }

    private static Optional<Comparable<?>> comparable(String column, Object value) {
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof Double number) {
            return Optional.of(new ColumnType.Floating(number));
        }
        return TYPES.get(column)
                .comparable(value instanceof Long number ? JSON.numberNode(number) : JSON.textNode(value.toString()));
    }
}
