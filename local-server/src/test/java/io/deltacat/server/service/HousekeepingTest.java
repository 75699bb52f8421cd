package io.deltacat.server.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.deltacat.client.model.CreateTableRequestBuilder;
import io.deltacat.client.model.DeltaType;
import io.deltacat.client.model.RemoteTransaction;
import io.deltacat.client.model.TransactionAbortRequest;
import io.deltacat.client.model.TransactionCreateRequest;
import io.deltacat.client.model.WireJson;
import io.deltacat.client.model.WriteSessionCreateRequest;
import io.deltacat.server.ManualClock;
import io.deltacat.server.data.DataRoots;
import io.deltacat.server.machine.TransactionStatus;
import io.deltacat.server.store.DeltaRow;
import io.deltacat.server.store.EntryRow;
import io.deltacat.server.store.EntryRowBuilder;
import io.deltacat.server.store.PartitionProgress;
import io.deltacat.server.store.PartitionRow;
import io.deltacat.server.store.Snapshot;
import io.deltacat.server.store.Store;
import io.deltacat.server.store.StreamRow;
import io.deltacat.server.store.sqlite.SqliteStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HousekeepingTest {
    private static final Duration TIME_TO_LIVE = Duration.ofMinutes(10);

    @TempDir
    Path directory;

    private final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));
    private Store store;
    private ServiceContext context;
    private TransactionService transactions;
    private TableService tables;

    @BeforeEach
    void open() {
        store = SqliteStore.open(directory.resolve("catalog.db"), false, clock);
        context = new ServiceContext(
                store,
                new DataRoots(directory.resolve("data")),
                clock,
                new Random(7),
                "default",
                TIME_TO_LIVE,
                TIME_TO_LIVE);
        transactions = new TransactionService(context);
        tables = new TableService(context);
        new NamespaceService(context).ensureDefault();
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void filesThatACrashLeftToBeDeletedGo() throws IOException {
        Path kept = Files.writeString(directory.resolve("kept"), "not managed");
        Path file = Files.createDirectories(directory.resolve("data/ns/t")).resolve("file");
        Files.writeString(file, "rows");
        Path dataSet = Files.createDirectories(directory.resolve("data/ns/t/set.lance/part"));
        Files.writeString(dataSet.resolve("0"), "rows");
        store.write(unit -> {
            unit.deltas().addStream(new StreamRow(0, "s", "id", "1", null), "");
            unit.deltas().addPartition(new PartitionRow(1, "p", "s", "null", null, null, null));
            DeltaRow delta = new DeltaRow(
                    1,
                    1,
                    5,
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
            unit.deltas().addDelta(delta, PartitionProgress.after(Optional.empty(), delta));
            unit.deltas()
                    .addEntries(
                            5,
                            List.of(
                                    entry(0, "{{default}}/ns/t/file"),
                                    entry(1, "{{default}}/ns/t/set.lance"),
                                    entry(2, "{{default}}/ns/t/never-written"),
                                    entry(3, "{{default}}/../kept")));
            unit.catalog().purgeTable("id", "");
            return true;
        });
        assertThat(file).exists();
        new Housekeeping(context, transactions).run();
        assertThat(file).doesNotExist();
        assertThat(directory.resolve("data/ns/t/set.lance")).doesNotExist();
        assertThat(kept).exists();
        assertThat(store.<List<String>>read(
                        Snapshot.latest(), view -> view.catalog().purgedFiles(10)))
                .isEmpty();
    }

    private static EntryRow entry(int ordinal, String path) {
        return EntryRowBuilder.builder()
                .ordinal(ordinal)
                .path(path)
                .recordCount(1)
                .contentLength(1)
                .entryType("data")
                .columnStats("{}")
                .build();
    }

    @Test
    void anOverdueTransactionIsEndedAndWhatItHadPendingIsFree() {
        RemoteTransaction transaction = transactions.begin(new TransactionCreateRequest(null, null, null));
        TransactionReference reference =
                new TransactionReference(transaction.transactionId(), transaction.transactionVersion());
        create("t", reference, Operation.unkeyed());
        Housekeeping housekeeping = new Housekeeping(context, transactions);

        housekeeping.run();
        assertThat(stored(transaction)).isEqualTo(TransactionStatus.RUNNING);

        clock.advance(TIME_TO_LIVE);
        housekeeping.run();
        assertThat(stored(transaction)).isEqualTo(TransactionStatus.EXPIRED);
        long pending = store.read(Snapshot.latest().withTransaction(transaction.transactionId()), view ->
                (long) view.catalog().tables("default", "", 10).size());
        assertThat(pending).isZero();
    }

    @Test
    void repliesAreForgottenAfterAWeek() {
        create("t", null, new Operation("catalog", "op", "digest"));
        Housekeeping housekeeping = new Housekeeping(context, transactions);
        clock.advance(Duration.ofDays(6));
        housekeeping.run();
        assertThat(isReplyKept()).isTrue();
        clock.advance(Duration.ofDays(2));
        housekeeping.run();
        assertThat(isReplyKept()).isFalse();
    }

    @Test
    void endedSessionsAndTransactionsAreForgottenAfterAWeekAndOneWritesNever() {
        create("t", null, Operation.unkeyed());
        SessionService sessions = new SessionService(context);
        String plain = open(sessions, "\"write_key\":\"k\"");
        String once = open(
                sessions,
                "\"write_key\":\"k\",\"write_once\":true,\"write_once_input_sha256\":\"" + "0".repeat(64) + "\"");
        RemoteTransaction transaction = transactions.begin(new TransactionCreateRequest(null, null, null));
        transactions.abort(transaction.transactionId(), new TransactionAbortRequest(1, null));
        Housekeeping housekeeping = new Housekeeping(context, transactions);
        clock.advance(Duration.ofDays(6));
        housekeeping.run();
        assertThat(isSessionKept(plain)).isTrue();
        assertThat(transactions.get(transaction.transactionId()).status()).isEqualTo("ABORTED");
        clock.advance(Duration.ofDays(2));
        housekeeping.run();
        assertThat(isSessionKept(plain)).isFalse();
        assertThat(isSessionKept(once)).isTrue();
        assertThatThrownBy(() -> transactions.get(transaction.transactionId())).hasMessageContaining("does not exist");
    }

    private boolean isSessionKept(String id) {
        return store.read(Snapshot.latest(), view -> view.sessions().session(id).isPresent());
    }

    private static String open(SessionService sessions, String more) {
        try {
            WriteSessionCreateRequest request = WireJson.serverMapper()
                    .readValue(
                            "{\"format\":\"parquet\",\"mode\":\"append\"," + more + "}",
                            WriteSessionCreateRequest.class);
            return ReplyCodec.text(
                    sessions.open("default", "t", request, null, false, Operation.unkeyed()), "session_id");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private void create(String table, TransactionReference reference, Operation operation) {
        tables.create(
                "default", CreateTableRequestBuilder.builder().table(table).build(), null, reference, operation);
    }

    private TransactionStatus stored(RemoteTransaction transaction) {
        return store.read(
                Snapshot.latest(),
                view -> view.sessions()
                        .transaction(transaction.transactionId())
                        .orElseThrow()
                        .status());
    }

    private boolean isReplyKept() {
        return store.read(
                Snapshot.latest(),
                view -> view.sessions().reply("catalog", "op").isPresent());
    }
}
