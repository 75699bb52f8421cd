package io.deltacat.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltacat.client.model.RemoteTransaction;
import io.deltacat.client.model.TransactionCreateRequestBuilder;
import io.deltacat.client.model.WriteSession;
import io.deltacat.client.write.TableWriter;
import io.deltacat.client.write.WriteMode;
import io.deltacat.client.write.WriteOutcome;
import io.deltacat.format.schema.TypeNames;
import io.deltacat.server.LocalServer;
import io.deltacat.server.LocalServerOptions;
import io.deltacat.server.fault.FaultAction;
import io.deltacat.server.fault.FaultPoint;
import io.deltacat.server.fault.FaultRule;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the client makes of lost requests, lost replies and a busy server: every row exactly once, or an honest error. */
class ClientFaultsIT {
    private static final Schema SCHEMA =
            new Schema(List.of(TypeNames.field("id", "int64", false), TypeNames.field("name", "string", true)));
    private static final AtomicInteger TABLES = new AtomicInteger();
    private static final List<String> COMMIT_PATHS =
            List.of(".*/write-sessions", "/v1/write-sessions/[^/]+/commit", "/v1/write-sessions/[^/]+", ".*/plan");

    @TempDir
    static Path directory;

    private static LocalServer server;
    private static DeltaCatClient client;

    private final TableRef table = TableRef.of("sales", "orders_" + TABLES.incrementAndGet());

    @BeforeAll
    static void start() {
        server = LocalServer.start(LocalServerOptions.builder()
                .dataDirectory(directory)
                .durability(LocalServerOptions.Durability.PROCESS_DEATH)
                .build());
        client = DeltaCatClient.builder()
                .uri(server.uri())
                .requestTimeout(Duration.ofSeconds(5))
                .commitTimeout(Duration.ofSeconds(20))
                .retry(new RetryPolicy(5, Duration.ofMillis(10), Duration.ofMillis(50), Duration.ofSeconds(20)))
                .build();
    }

    @BeforeEach
    void createTable() {
        client.catalog().write(table).createIfMissing(SCHEMA).rows(rows(0, 1));
    }

    @AfterEach
    void healFaults() {
        server.faults().clear();
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    static Stream<Arguments> singleFaults() {
        List<FaultAction> actions = List.of(
                new FaultAction.DropConnection(),
                new FaultAction.Answer(503, "service_unavailable", true, 0),
                new FaultAction.Answer(429, "rate_limited", true, 0),
                new FaultAction.Answer(504, "upstream_timeout", true, 0));
        return COMMIT_PATHS.stream()
                .flatMap(path -> Stream.of(FaultPoint.values())
                        .flatMap(point -> actions.stream().map(action -> Arguments.of(path, point, action))));
    }

    @ParameterizedTest
    @MethodSource("singleFaults")
    void noSingleFaultLosesOrDoublesARow(String path, FaultPoint point, FaultAction action) {
        server.faults().add(FaultRule.once(point, "*", path, action));
        WriteOutcome outcome =
                client.catalog().write(table).mode(WriteMode.APPEND).rows(rows(1, 11));
        assertThat(outcome.rows()).isEqualTo(10);
        assertThat(ids())
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.range(0, 11).boxed().toList());
    }

    @ParameterizedTest
    @MethodSource("singleFaults")
    void twoFaultsInARowLoseOrDoubleNothingEither(String path, FaultPoint point, FaultAction action) {
        server.faults().add(new FaultRule(point, "*", path, action, 0, 2));
        client.catalog().write(table).mode(WriteMode.APPEND).rows(rows(1, 11));
        server.faults().clear();
        assertThat(ids()).hasSize(11).doesNotHaveDuplicates();
    }

    @Test
    void aLostTransactionCommitIsReportedAndSettledByLooking() {
        RemoteTransaction begun = client.transactions()
                .begin(TransactionCreateRequestBuilder.builder().build());
        WriteSession session = client.catalog()
                .within(TransactionRef.of(begun))
                .write(table)
                .mode(WriteMode.APPEND)
                .rows(rows(1, 3))
                .committedSession()
                .orElseThrow();
        long version = session.transactionVersion();
        String commit = "/v1/transactions/[^/]+/commit";
        server.faults().add(FaultRule.once(FaultPoint.BEFORE_REPLY, "POST", commit, new FaultAction.DropConnection()));
        assertThatThrownBy(() -> client.transactions().commit(begun.transactionId(), version))
                .isInstanceOf(UnknownOutcome.class);
        assertThat(client.transactions().resumeCommit(begun.transactionId()).status())
                .isEqualTo("COMMITTED");
        assertThat(client.transactions()
                        .commitAndSettle(begun.transactionId(), version)
                        .status())
                .isEqualTo("COMMITTED");
        assertThat(ids()).hasSize(3);
    }

    @ParameterizedTest
    @MethodSource("singleFaults")
    void aTransactionCommitSettlesUnderEveryFault(String unused, FaultPoint point, FaultAction action) {
        RemoteTransaction begun = client.transactions()
                .begin(TransactionCreateRequestBuilder.builder().build());
        WriteSession session = client.catalog()
                .within(TransactionRef.of(begun))
                .write(table)
                .mode(WriteMode.APPEND)
                .rows(rows(1, 3))
                .committedSession()
                .orElseThrow();
        server.faults().add(new FaultRule(point, "*", "/v1/transactions/.*", action, 0, 2));
        client.transactions().commitAndSettle(begun.transactionId(), session.transactionVersion());
        server.faults().clear();
        assertThat(ids()).hasSize(3);
    }

    @Test
    void aCommitThatStaysUnknownCanBeSettledLaterByTheSameWriter() {
        try (DeltaCatClient impatient = DeltaCatClient.builder()
                        .uri(server.uri())
                        .commitTimeout(Duration.ofMillis(300))
                        .retry(RetryPolicy.NONE)
                        .build();
                TableWriter<Map<String, ?>> writer =
                        impatient.catalog().write(table).mode(WriteMode.APPEND).open()) {
            rows(1, 5).forEach(writer::append);
            server.faults()
                    .add(new FaultRule(
                            FaultPoint.BEFORE_REPLY,
                            "*",
                            "/v1/write-sessions/.*",
                            new FaultAction.DropConnection(),
                            0,
                            1000));
            assertThatThrownBy(writer::commit).isInstanceOf(UnknownOutcome.class);
            server.faults().clear();
            assertThat(writer.commit().rows()).isEqualTo(4);
        }
        assertThat(ids()).hasSize(5).doesNotHaveDuplicates();
    }

    private List<Object> ids() {
        List<Object> ids = new ArrayList<>();
        client.catalog().read(table).columns("id").toList().forEach(row -> ids.add(row.get("id")));
        return ids;
    }

    private static List<Map<String, Object>> rows(long from, long to) {
        return LongStream.range(from, to)
                .mapToObj(i -> Map.<String, Object>of("id", i, "name", "row " + i))
                .toList();
    }
}
