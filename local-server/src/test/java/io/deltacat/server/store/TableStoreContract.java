package io.deltacat.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import io.deltacat.client.model.DeltaType;
import io.deltacat.server.ManualClock;
import io.deltacat.server.machine.SchemaSpec;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link Store} must do with tables that change. */
abstract class TableStoreContract {
    private static final String TABLE = "table-id";

    protected final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));
    private Store store;

    /** Opens the store, with what an earlier call left in it. */
    abstract Store open();

    @BeforeEach
    void openStore() {
        store = open();
        store.write(unit -> {
            unit.catalog().addNamespace("ns", Map.of(), "");
            unit.catalog().addTable(table("t", null), "");
            unit.catalog().addVersion(version(1L, "active"), "");
            unit.catalog().addSchema(TABLE, "1", 1, schema("one"), "");
            unit.deltas().addStream(new StreamRow(0, "s1", TABLE, "1", null), "");
            return true;
        });
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Test
    void aReplacedTableIsFoundByItsNewNameAndItsId() {
        long before = store.write(WriteUnit::commitTime);
        boolean replaced = store.write(unit -> unit.catalog().replaceTable(found(unit, "t"), table("u", "new"), ""));
        assertThat(replaced).isTrue();
        assertThat(name(Snapshot.latest(), "t")).isEmpty();
        assertThat(name(Snapshot.latest(), "u")).contains("u");
        assertThat(name(Snapshot.before(before), "t")).contains("t");
        assertThat(store.read(
                                Snapshot.latest(),
                                view -> view.catalog().tableById(TABLE).orElseThrow())
                        .description())
                .isEqualTo("new");
    }

    @Test
    void twoTransactionsCannotReplaceTheSameVersion() {
        assertThat(replaceVersion("tx1", 2L)).isTrue();
        assertThat(replaceVersion("tx2", 3L)).isFalse();
        assertThat(schemaId(Snapshot.latest())).isEqualTo(1L);
        assertThat(schemaId(Snapshot.latest().withTransaction("tx1"))).isEqualTo(2L);
        publish("tx1");
        assertThat(schemaId(Snapshot.latest())).isEqualTo(2L);
        assertThat(store.<List<Long>>read(
                        Snapshot.latest(),
                        view -> view.catalog().history(TABLE, "1").stream()
                                .map(TableVersionRow::schemaId)
                                .toList()))
                .containsExactly(1L, 2L);
    }

    @Test
    void aChangeThatAnotherCommitOvertookIsReportedByName() {
        assertThat(replaceVersion("tx1", 2L)).isTrue();
        assertThat(replaceVersion("", 3L)).isTrue();
        List<String> taken =
                store.read(Snapshot.latest(), view -> view.catalog().namesTakenFrom("tx1"));
        assertThat(taken).isNotEmpty().allMatch(name -> name.contains(TABLE));
    }

    @Test
    void aSchemaIsSeenWithTheTransactionThatAddedIt() {
        store.write(unit -> unit.catalog().addSchema(TABLE, "1", 2, schema("two"), "tx1"));
        assertThat(schemas(Snapshot.latest())).containsExactly(1L);
        assertThat(schemas(Snapshot.latest().withTransaction("tx1"))).containsExactly(1L, 2L);
        assertThat(store.<Long>read(Snapshot.latest(), view -> view.catalog().highestSchemaId(TABLE, "1")))
                .isEqualTo(2);
        store.write(unit -> {
            unit.catalog().discard("tx1");
            return true;
        });
        assertThat(schemas(Snapshot.latest().withTransaction("tx1"))).containsExactly(1L);
        store.write(unit -> unit.catalog().addSchema(TABLE, "1", 2, schema("again"), "tx2"));
        long before = store.write(WriteUnit::commitTime);
        publish("tx2");
        assertThat(schemas(Snapshot.latest())).containsExactly(1L, 2L);
        assertThat(schemas(Snapshot.before(before))).containsExactly(1L);
    }

    @Test
    void theNewestActiveVersionIsTheDefaultOne() {
        store.write(unit -> {
            unit.catalog().addVersion(version("2", 2, "beta"), "");
            unit.catalog().addVersion(version("3", 3, "deleted"), "");
            return true;
        });
        assertThat(defaultVersion()).contains("1");
        store.write(unit -> unit.catalog()
                .replaceVersion(
                        unit.view(Snapshot.latest())
                                .catalog()
                                .version(TABLE, "1")
                                .orElseThrow(),
                        version(1L, "deleted"),
                        ""));
        assertThat(defaultVersion()).contains("2");
        assertThat(store.<Long>read(Snapshot.latest(), view -> view.catalog().highestOrdinal(TABLE)))
                .isEqualTo(3);
    }

    @Test
    void aPurgedTableLeavesItsManagedFilesOnly() {
        addFile("s1", "{{default}}/ns/t/a", "{{default}}/ns/t/shared", "/elsewhere/b");
        store.write(unit -> {
            unit.deltas().addStream(new StreamRow(0, "other", "other-id", "1", null), "");
            return true;
        });
        addFile("other", "{{default}}/ns/t/shared");
        store.write(unit -> {
            unit.catalog().removeTable(found(unit, "t"), "");
            unit.catalog().purgeTable(TABLE, "");
            return true;
        });
        assertThat(purged()).containsExactly("{{default}}/ns/t/a", "{{default}}/ns/t/shared");
        assertThat(store.<Set<String>>read(
                        Snapshot.latest(), view -> view.catalog().purgedFilesInUse()))
                .containsExactly("{{default}}/ns/t/shared");
        assertThat(store.<Boolean>read(Snapshot.latest(), view -> view.catalog().isPurged("{{default}}/ns/t/a")))
                .isTrue();
        assertThat(name(Snapshot.before(1L << 61), "t")).isEmpty();
        assertThat(schemas(Snapshot.latest())).isEmpty();
        store.close();
        store = open();
        assertThat(purged()).hasSize(2);
        store.write(unit -> {
            unit.catalog().forgetPurged(List.of("{{default}}/ns/t/a", "{{default}}/ns/t/shared"));
            return true;
        });
        assertThat(purged()).isEmpty();
    }

    @Test
    void aPurgeInATransactionWaitsForItsCommit() {
        addFile("s1", "{{default}}/ns/t/a");
        store.write(unit -> {
            unit.catalog().removeTable(found(unit, "t"), "tx1");
            unit.catalog().purgeTable(TABLE, "tx1");
            return true;
        });
        assertThat(purged()).isEmpty();
        publish("tx1");
        assertThat(purged()).containsExactly("{{default}}/ns/t/a");
    }

    @Test
    void aPurgeThatWasGivenUpNeverHappens() {
        addFile("s1", "{{default}}/ns/t/a");
        store.write(unit -> {
            unit.catalog().purgeTable(TABLE, "tx1");
            unit.catalog().discard("tx1");
            return true;
        });
        publish("tx1");
        assertThat(purged()).isEmpty();
        assertThat(name(Snapshot.latest(), "t")).contains("t");
    }

    private boolean replaceVersion(String transactionId, long schemaId) {
        return store.write(unit -> unit.catalog()
                .replaceVersion(
                        unit.view(Snapshot.latest())
                                .catalog()
                                .version(TABLE, "1")
                                .orElseThrow(),
                        version(schemaId, "active"),
                        transactionId));
    }

    private void publish(String transactionId) {
        store.write(unit -> {
            unit.catalog().publish(transactionId);
            return true;
        });
    }

    private void addFile(String stream, String... paths) {
        store.write(unit -> {
            long partition = unit.newKey();
            unit.deltas().addPartition(new PartitionRow(partition, "p" + partition, stream, "null", null, null, null));
            long delta = unit.newKey();
            unit.deltas().addEntries(delta, entries(paths));
            DeltaRow row = new DeltaRow(
                    partition,
                    1,
                    delta,
                    null,
                    DeltaType.APPEND,
                    unit.commitTime(),
                    "tx",
                    "ws",
                    "m",
                    "parquet",
                    1,
                    1,
                    1,
                    "f",
                    List.of());
            unit.deltas().addDelta(row, PartitionProgress.after(Optional.empty(), row));
            return true;
        });
    }

    private static List<EntryRow> entries(String... paths) {
        return IntStream.range(0, paths.length)
                .mapToObj(i -> EntryRowBuilder.builder()
                        .ordinal(i)
                        .path(paths[i])
                        .recordCount(1)
                        .contentLength(1)
                        .entryType("data")
                        .columnStats("{}")
                        .build())
                .toList();
    }

    private static TableRow found(WriteUnit unit, String name) {
        return unit.view(Snapshot.latest()).catalog().table("ns", name).orElseThrow();
    }

    private Optional<String> name(Snapshot snapshot, String name) {
        return store.read(snapshot, view -> view.catalog().table("ns", name).map(TableRow::name));
    }

    private @Nullable Long schemaId(Snapshot snapshot) {
        return store.read(snapshot, view -> view.catalog().version(TABLE, "1").orElseThrow())
                .schemaId();
    }

    private List<Long> schemas(Snapshot snapshot) {
        return store.read(
                snapshot, view -> List.copyOf(view.catalog().schemas(TABLE, "1").keySet()));
    }

    private Optional<String> defaultVersion() {
        return store.read(
                Snapshot.latest(), view -> view.catalog().defaultVersion(TABLE).map(TableVersionRow::tableVersion));
    }

    private List<String> purged() {
        return store.read(Snapshot.latest(), view -> view.catalog().purgedFiles(10));
    }

    private static TableRow table(String name, @Nullable String description) {
        return new TableRow(0, TABLE, "ns", name, description, Map.of("p", IntNode.valueOf(1)));
    }

    private static TableVersionRow version(long schemaId, String state) {
        return TableVersionRowBuilder.builder(version("1", 1, state))
                .schemaId(schemaId)
                .build();
    }

    private static TableVersionRow version(String name, long ordinal, String state) {
        return new TableVersionRow(0, TABLE, name, ordinal, null, state, null, null, null, Map.of(), List.of());
    }

    private static SchemaSpec schema(String serialized) {
        return new SchemaSpec(serialized, List.of(), List.of());
    }
}
