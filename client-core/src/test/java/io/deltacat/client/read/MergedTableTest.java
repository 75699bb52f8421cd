package io.deltacat.client.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltacat.client.DeltaCatClient;
import io.deltacat.client.FakeTableServer;
import io.deltacat.client.InvalidRequest;
import io.deltacat.client.TableRef;
import io.deltacat.client.filter.Filter;
import io.deltacat.client.filter.Filters;
import io.deltacat.client.http.VirtualPacing;
import io.deltacat.client.write.TableWrite;
import io.deltacat.client.write.WriteMode;
import io.deltacat.format.file.WriteOptions;
import io.deltacat.format.schema.ArrowSchemas;
import io.deltacat.format.schema.TypeNames;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MergedTableTest {
    private static final TableRef TABLE = TableRef.of("n", "t");
    private static final Schema SCHEMA = new Schema(List.of(
            TypeNames.field("id", "int64", false),
            TypeNames.field("kind", "string", true),
            TypeNames.field("amount", "int64", true)));

    @TempDir
    Path root;

    private FakeTableServer server;
    private DeltaCatClient client;

    @BeforeEach
    void start() {
        server = new FakeTableServer(root, ArrowSchemas.toBase64(SCHEMA));
        server.mergeKeys("id");
        client = DeltaCatClient.builder()
                .uri("http://localhost:1")
                .transport(server)
                .pacing(new VirtualPacing())
                .build();
    }

    @Test
    void theNewestRowOfAKeyIsReadAndDeletedOnesAreGone() {
        write(WriteMode.MERGE).rows(List.of(row(1, "a", 1L), row(2, "b", 2L), row(3, "c", 3L)));
        write(WriteMode.MERGE).rows(List.of(row(2, "bb", 20L)));
        write(WriteMode.DELETE).rows(List.of(row(3, null, null)));
        assertThat(client.catalog().read(TABLE).toList()).containsExactly(row(1, "a", 1L), row(2, "bb", 20L));
    }

    @Test
    void aFilterDoesNotBringBackOlderRows() {
        write(WriteMode.MERGE).rows(List.of(row(1, "old", 1L)));
        write(WriteMode.MERGE).rows(List.of(row(1, "new", 100L)));
        assertThat(read().where(Filters.eq("kind", "old")).toList()).isEmpty();
        assertThat(read().where(Filters.lt("amount", 50)).toList()).isEmpty();
        assertThat(read().columns("amount").where(Filters.eq("kind", "new")).toList())
                .containsExactly(Map.of("amount", 100L));
    }

    @Test
    void keysNeedNotBeRead() {
        write(WriteMode.MERGE).rows(List.of(row(1, "a", 1L), row(1, "b", 2L)));
        assertThat(read().columns("kind").toList()).containsExactly(Map.of("kind", "b"));
    }

    @Test
    void aFilterOnUnknownColumnsIsRefused() {
        write(WriteMode.MERGE).rows(List.of(row(1, "a", 1L)));
        assertThatThrownBy(() -> read().where(Filters.eq("nope", 1)).toList())
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("'nope'")
                .hasMessageContaining("[id, kind, amount]");
    }

    static IntStream seeds() {
        Integer only = Integer.getInteger("sim.seed");
        return only == null ? IntStream.rangeClosed(1, 60) : IntStream.of(only);
    }

    /** Random deltas, filters, projections, pages and memory against a map that is updated row by row. */
    @ParameterizedTest
    @MethodSource("seeds")
    void agreesWithAMapThatIsUpdatedRowByRow(int seed) {
        Random random = new Random(seed);
        Map<Object, Map<String, Object>> model = new LinkedHashMap<>();
        int keySpace = 1 + random.nextInt(200);
        for (int delta = 0, deltas = random.nextInt(6) + 1; delta < deltas; delta++) {
            boolean delete = delta > 0 && random.nextInt(4) == 0;
            List<Map<String, Object>> rows = new ArrayList<>();
            for (int i = 0, count = 1 + random.nextInt(150); i < count; i++) {
                Map<String, Object> row = row(
                        random.nextInt(keySpace),
                        random.nextInt(4) == 0 ? null : "k" + random.nextInt(5),
                        random.nextInt(4) == 0 ? null : (long) random.nextInt(100));
                rows.add(row);
                model.remove(row.get("id"));
                if (!delete) {
                    model.put(row.get("id"), row);
                }
            }
            write(delete ? WriteMode.DELETE : WriteMode.MERGE)
                    .targetFileBytes(random.nextBoolean() ? 1 << 20 : 200)
                    .rows(rows);
        }
        if (random.nextBoolean()) {
            server.filesPerPage(1 + random.nextInt(4));
        }
        TableRead read = read().batchLimits(1 + random.nextInt(64), 1 << 20);
        if (random.nextBoolean()) {
            read.mergeMemory(20_000 + random.nextInt(10_000));
        }
        Predicate<Map<String, Object>> selected = any -> true;
        if (random.nextInt(3) > 0) {
            selected = filter(random, read);
        }
        List<String> columns = random.nextBoolean() ? List.of("id", "kind", "amount") : List.of("amount", "kind");
        read.columns(columns);
        List<Map<String, Object>> expected = project(model.values(), selected, columns);
        assertThat(read.toList()).as("-Dsim.seed=%s", seed).containsExactlyInAnyOrderElementsOf(expected);
    }

    /** Random files of a table without keys, in small row groups so that statistics leave rows out. */
    @ParameterizedTest
    @MethodSource("seeds")
    void filtersOfPlainTablesAreExact(int seed) {
        server.mergeKeys();
        Random random = new Random(seed);
        List<Map<String, Object>> all = new ArrayList<>();
        for (int write = 0, writes = 1 + random.nextInt(3); write < writes; write++) {
            List<Map<String, Object>> rows = new ArrayList<>();
            long base = random.nextInt(80);
            for (int i = 0, count = 1 + random.nextInt(2_000); i < count; i++) {
                rows.add(row(
                        base + i / 100,
                        random.nextInt(4) == 0 ? null : "k" + random.nextInt(5),
                        random.nextInt(4) == 0 ? null : base + i / 50));
            }
            all.addAll(rows);
            write(WriteMode.APPEND)
                    .fileOptions(WriteOptions.defaults().withPageBytes(1 << 10).withRowGroupBytes(64 << 10))
                    .rows(rows);
        }
        TableRead read = read().columns("kind", "id").batchLimits(1 + random.nextInt(500), 1 << 20);
        Predicate<Map<String, Object>> selected = filter(random, read);
        assertThat(read.toList())
                .as("-Dsim.seed=%s", seed)
                .containsExactlyElementsOf(project(all, selected, List.of("kind", "id")));
    }

    private static Predicate<Map<String, Object>> filter(Random random, TableRead read) {
        long bound = random.nextInt(100);
        String kind = "k" + random.nextInt(5);
        Filter amount = Filters.gte("amount", bound);
        Predicate<Map<String, Object>> large = row -> row.get("amount") != null && (Long) row.get("amount") >= bound;
        Predicate<Map<String, Object>> ofKind = row -> kind.equals(row.get("kind"));
        switch (random.nextInt(5)) {
            case 0:
                read.where(amount);
                return large;
            case 1:
                read.where(Filters.and(amount, Filters.eq("kind", kind)));
                return large.and(ofKind);
            case 2:
                read.where(Filters.or(Filters.isNull("amount"), Filters.eq("kind", kind)));
                return ofKind.or(row -> row.get("amount") == null);
            case 3:
                read.where(Filters.eq("id", bound));
                return row -> Objects.equals(row.get("id"), bound);
            default:
                read.where(Filters.and(Filters.lt("id", bound), Filters.not(Filters.eq("kind", kind))));
                return row -> (Long) row.get("id") < bound && row.get("kind") != null && !kind.equals(row.get("kind"));
        }
    }

    private static List<Map<String, Object>> project(
            Collection<Map<String, Object>> rows, Predicate<Map<String, Object>> selected, List<String> columns) {
        List<Map<String, Object>> projected = new ArrayList<>();
        rows.stream().filter(selected).forEach(row -> {
            Map<String, Object> wanted = new LinkedHashMap<>();
            columns.forEach(column -> wanted.put(column, row.get(column)));
            projected.add(wanted);
        });
        return projected;
    }

    private TableRead read() {
        return client.catalog().read(TABLE);
    }

    private TableWrite write(WriteMode mode) {
        return client.catalog().write(TABLE).mode(mode);
    }

    private static Map<String, Object> row(long id, String kind, Long amount) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", id);
        row.put("kind", kind);
        row.put("amount", amount);
        return row;
    }
}
