package io.deltacat.flink.sink;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import io.deltacat.client.DeltaCatClient;
import io.deltacat.client.TableRef;
import io.deltacat.client.model.CreateTableRequestBuilder;
import io.deltacat.client.model.PartitionKeyInput;
import io.deltacat.client.model.PartitionSchemeInput;
import io.deltacat.flink.DeltaCatConnection;
import io.deltacat.flink.sink.commit.PreparedCheckpoint;
import io.deltacat.flink.sink.writer.RowKeys;
import io.deltacat.flink.sink.writer.SinkHarness;
import io.deltacat.flink.types.LogicalTypes;
import io.deltacat.format.schema.ArrowSchemas;
import io.deltacat.format.schema.FieldMetadata;
import io.deltacat.server.LocalServer;
import io.deltacat.server.LocalServerOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;
import org.apache.flink.types.RowKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random changelogs through the real writers, prepare and commit, with tasks that die, checkpoints that abort, commits that
 * are repeated, and changing parallelism; the table must always be what a map says. {@code -Dsim.runs=N} for more seeds,
 * {@code -Dsim.seed=S} for one.
 */
class ChangelogSimulationIT {
    private static final RowType ROWS = RowType.of(
            new LogicalType[] {
                new BigIntType(false),
                new VarCharType(false, 20),
                new IntType(),
                new VarCharType(VarCharType.MAX_LENGTH)
            },
            new String[] {"id", "region", "amount", "note"});
    private static final List<String> KEY = List.of("id", "region");
    private static final List<List<PartitionKeyInput>> PARTITIONS = List.of(
            List.of(),
            List.of(new PartitionKeyInput(List.of("region"), "identity")),
            List.of(new PartitionKeyInput(List.of("id"), "bucket(3)")));

    @TempDir
    private static Path directory;

    private static LocalServer server;
    private static DeltaCatConnection connection;
    private static DeltaCatClient client;

    @BeforeAll
    static void start() {
        server = LocalServer.start(LocalServerOptions.builder()
                .dataDirectory(directory)
                .durability(LocalServerOptions.Durability.PROCESS_DEATH)
                .build());
        connection = DeltaCatConnection.builder(server.uri().toString()).build();
        client = connection.open();
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    @Test
    void theTableIsWhatTheChangelogSays() throws Exception {
        long fixed = Long.getLong("sim.seed", -1L);
        long[] seeds = fixed >= 0
                ? new long[] {fixed}
                : LongStream.rangeClosed(1, Integer.getInteger("sim.runs", 200)).toArray();
        int manyGenerations = 0;
        for (long seed : seeds) {
            try {
                manyGenerations += run(seed);
            } catch (Exception | AssertionError e) {
                throw new AssertionError("seed " + seed + ": run again with -Dsim.seed=" + seed, e);
            }
        }
        if (fixed < 0) {
            // Or the buffer was never full, and this proves little.
            assertThat(manyGenerations).isGreaterThan(seeds.length / 5);
        }
    }

    private static int run(long seed) throws Exception {
        Random random = new Random(seed);
        TableRef table = TableRef.of("sim", "changes_" + seed);
        create(table, PARTITIONS.get(random.nextInt(PARTITIONS.size())));
        Map<List<Object>, List<Object>> committed = new TreeMap<>(ChangelogSimulationIT::compare);
        long buffer = 7_300L << random.nextInt(2);
        int keys = 1 + random.nextInt(60);
        try (SinkHarness sink = new SinkHarness(client, connection.open(), "sink-" + seed, table, ROWS, buffer)) {
            sink.restart(1 + random.nextInt(3));
            for (long checkpoint = 1; checkpoint <= 3; checkpoint++) {
                epoch(random, sink, checkpoint, committed, keys);
            }
            assertThat(contents(table)).isEqualTo(committed);
            return sink.manyGenerations();
        }
    }

    /** Writes until a checkpoint is committed; what dies before is written again by others, in the same order. */
    private static void epoch(
            Random random, SinkHarness sink, long checkpoint, Map<List<Object>, List<Object>> committed, int keys)
            throws Exception {
        List<RowData> rows = changes(random, keys, committed);
        while (true) {
            RowKeys keyOf = RowKeys.of(ROWS, KEY);
            int dies = random.nextInt(4) == 0 ? random.nextInt(rows.size() + 1) : rows.size();
            for (RowData row : rows.subList(0, dies)) {
                sink.write(keyOf.of(row).hashCode(), row);
            }
            if (dies < rows.size()) {
                sink.restart(1 + random.nextInt(3));
                continue;
            }
            Optional<PreparedCheckpoint> prepared = sink.prepare(checkpoint);
            if (random.nextInt(6) == 0) {
                // The checkpoint did not complete: its transaction is left to expire.
                sink.restart(1 + random.nextInt(3));
                continue;
            }
            if (prepared.isPresent()) {
                sink.commit(prepared.get(), false);
                if (random.nextInt(3) == 0) {
                    sink.restart(1 + random.nextInt(3));
                    sink.commit(prepared.get(), true);
                }
            }
            return;
        }
    }

    /** A changelog that fits what the table holds; the model is moved on. */
    private static List<RowData> changes(Random random, int keys, Map<List<Object>, List<Object>> model) {
        List<RowData> rows = new ArrayList<>();
        int count = 1 + random.nextInt(120);
        for (int i = 0; i < count; i++) {
            long id = random.nextInt(keys);
            String region = "r" + random.nextInt(3);
            List<Object> key = List.of(id, region);
            boolean exists = model.containsKey(key);
            if (exists && random.nextInt(3) == 0) {
                // Half of the deletions carry the key only.
                rows.add(
                        random.nextBoolean()
                                ? row(RowKind.DELETE, key, null, null)
                                : row(RowKind.DELETE, model.get(key)));
                model.remove(key);
                continue;
            }
            Integer amount = random.nextInt(5) == 0 ? null : random.nextInt(1_000);
            String note = random.nextInt(5) == 0 ? null : "n".repeat(random.nextInt(60));
            if (exists) {
                rows.add(row(RowKind.UPDATE_BEFORE, model.get(key)));
            }
            rows.add(row(exists ? RowKind.UPDATE_AFTER : RowKind.INSERT, key, amount, note));
            model.put(key, values(key, amount, note));
        }
        return rows;
    }

    private static List<Object> values(List<Object> key, Integer amount, String note) {
        List<Object> values = new ArrayList<>(key);
        values.add(amount);
        values.add(note);
        return values;
    }

    private static RowData row(RowKind kind, List<Object> values) {
        return row(kind, values.subList(0, 2), (Integer) values.get(2), (String) values.get(3));
    }

    private static RowData row(RowKind kind, List<Object> key, Integer amount, String note) {
        return GenericRowData.ofKind(
                kind,
                key.get(0),
                StringData.fromString((String) key.get(1)),
                amount,
                note == null ? null : StringData.fromString(note));
    }

    private static Map<List<Object>, List<Object>> contents(TableRef table) {
        Map<List<Object>, List<Object>> contents = new TreeMap<>(ChangelogSimulationIT::compare);
        for (Map<String, Object> row : client.catalog().read(table).toList()) {
            Map<String, Object> plain = new HashMap<>(row);
            List<Object> key =
                    List.of(Objects.requireNonNull(plain.get("id")), Objects.requireNonNull(plain.get("region")));
            List<Object> before =
                    contents.put(key, values(key, (Integer) plain.get("amount"), (String) plain.get("note")));
            assertThat(before).as("key %s twice", key).isNull();
        }
        return contents;
    }

    private static int compare(List<Object> left, List<Object> right) {
        int ids = Long.compare((Long) left.get(0), (Long) right.get(0));
        return ids != 0 ? ids : ((String) left.get(1)).compareTo((String) right.get(1));
    }

    private static void create(TableRef table, List<PartitionKeyInput> partitions) {
        Schema columns = LogicalTypes.toSchema(ROWS);
        Schema keyed = new Schema(columns.getFields().stream()
                .map(field -> KEY.contains(field.getName()) ? FieldMetadata.withMergeKey(field) : field)
                .toList());
        CreateTableRequestBuilder request = CreateTableRequestBuilder.builder()
                .table(table.table())
                .autoCreateNamespace(true)
                .schemaDef(TextNode.valueOf(ArrowSchemas.toBase64(keyed)));
        if (!partitions.isEmpty()) {
            request.partitionScheme(new PartitionSchemeInput(partitions, null, null));
        }
        client.catalog().createTable(table, request.build());
    }
}
