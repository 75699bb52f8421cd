package io.deltacat.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.runtime.typeutils.ExternalTypeInfo;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Random changelogs that Flink writes into tables with merge keys, merged by the Python client. */
class FlinkChangesPythonReadsIT {
    private static final int CHANGES = 1_200;

    @TempDir
    private static Path directory;

    private static World world;

    @BeforeAll
    static void start() throws Exception {
        world = World.create(directory);
    }

    @AfterAll
    static void stop() {
        if (world != null) {
            world.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"1, false", "2, true", "3, true"})
    void pythonMergesWhatFlinkWrote(long seed, boolean partitioned) throws Exception {
        String table = "changes_" + seed;
        Map<String, Row> model = new TreeMap<>();
        List<Row> changes = changes(new Random(seed), model);
        StreamExecutionEnvironment environment = world.flink().streamEnvironment();
        environment.setParallelism(2);
        environment.enableCheckpointing(100);
        StreamTableEnvironment sql = StreamTableEnvironment.create(environment);
        String create = world.createTable(
                table,
                "id BIGINT NOT NULL, region STRING NOT NULL, amount INT, PRIMARY KEY (id, region) NOT ENFORCED",
                "'sink.create-if-missing' = 'true'",
                "'sink.upsert.buffer-size' = '16 kb'");
        sql.executeSql(partitioned ? create.replace(") WITH", ") PARTITIONED BY (region) WITH") : create);

        sql.fromChangelogStream(
                        environment
                                .fromData(
                                        changes,
                                        ExternalTypeInfo.of(DataTypes.ROW(
                                                DataTypes.FIELD(
                                                        "id", DataTypes.BIGINT().notNull()),
                                                DataTypes.FIELD(
                                                        "region",
                                                        DataTypes.STRING().notNull()),
                                                DataTypes.FIELD("amount", DataTypes.INT()))))
                                .setParallelism(1),
                        Schema.newBuilder().primaryKey("id", "region").build(),
                        ChangelogMode.all())
                .executeInsert(table)
                .await();

        assertThat(PeerValue.lines(world.python().run("read", table)))
                .as("seed %s", seed)
                .containsExactlyInAnyOrderElementsOf(PeerValue.lines(PeerValue.of(new ArrayList<>(model.values()))));
    }

    private static List<Row> changes(Random random, Map<String, Row> model) {
        List<Row> changes = new ArrayList<>();
        while (changes.size() < CHANGES) {
            long id = random.nextInt(80);
            String region = "r" + random.nextInt(3);
            String key = id + region;
            Row before = model.get(key);
            if (before != null && random.nextInt(3) == 0) {
                changes.add(withKind(RowKind.DELETE, before));
                model.remove(key);
                continue;
            }
            Row after = Row.of(id, region, random.nextInt(6) == 0 ? null : (Object) random.nextInt(1_000));
            if (before != null) {
                changes.add(withKind(RowKind.UPDATE_BEFORE, before));
            }
            changes.add(withKind(before == null ? RowKind.INSERT : RowKind.UPDATE_AFTER, after));
            model.put(key, after);
        }
        return changes;
    }

    private static Row withKind(RowKind kind, Row row) {
        Row copy = Row.copy(row);
        copy.setKind(kind);
        return copy;
    }
}
