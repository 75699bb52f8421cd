package io.deltacat.flink.sink.commit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import io.deltacat.client.DeltaCatClient;
import io.deltacat.client.RetryPolicy;
import io.deltacat.client.TableRef;
import io.deltacat.client.TransactionRef;
import io.deltacat.client.model.CreateTableRequestBuilder;
import io.deltacat.client.model.WriteEntry;
import io.deltacat.client.model.WriteEntryBuilder;
import io.deltacat.flink.DeltaCatConnection;
import io.deltacat.flink.sink.commit.ServerAnswer.Refusal;
import io.deltacat.flink.sink.commit.ServerAnswer.Refused;
import io.deltacat.flink.sink.commit.ServerAnswer.TransactionSeen;
import io.deltacat.flink.sink.commit.ServerAnswer.Unanswered;
import io.deltacat.format.schema.ArrowSchemas;
import io.deltacat.format.schema.TypeNames;
import io.deltacat.server.LocalServer;
import io.deltacat.server.LocalServerOptions;
import io.deltacat.server.fault.FaultAction;
import io.deltacat.server.fault.FaultPoint;
import io.deltacat.server.fault.FaultRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The REST port against the local server keeps the contract, and turns every failure into the right answer. */
class RestTransactionPortIT extends TransactionPortContract {
    private static final TableRef TABLE = TableRef.of("sales", "orders");

    @TempDir
    private Path directory;

    private final AtomicReference<Duration> clockAhead = new AtomicReference<>(Duration.ZERO);
    private LocalServer server;
    private TransactionPort port;

    @BeforeEach
    void start() {
        server = LocalServer.start(LocalServerOptions.builder()
                .dataDirectory(directory.resolve("server"))
                .durability(LocalServerOptions.Durability.PROCESS_DEATH)
                .clock(() -> Instant.now().plus(clockAhead.get()))
                .build());
        DeltaCatConnection connection =
                DeltaCatConnection.builder(server.uri().toString()).build();
        try (DeltaCatClient client = connection.open()) {
            Schema schema = new Schema(List.of(TypeNames.field("id", "int64", false)));
            client.catalog()
                    .createTable(
                            TABLE,
                            CreateTableRequestBuilder.builder()
                                    .table(TABLE.table())
                                    .autoCreateNamespace(true)
                                    .schemaDef(TextNode.valueOf(ArrowSchemas.toBase64(schema)))
                                    .build());
        }
        port = new RestTransactionPort(connection.open(RetryPolicy.NONE));
    }

    @AfterEach
    void stop() {
        port.close();
        server.close();
    }

    @Override
    TransactionPort port() {
        return port;
    }

    @Override
    DeltaTarget target() {
        return new DeltaTarget(TABLE, DeltaMode.APPEND, "parquet", 0);
    }

    @Override
    WriteEntry file() {
        Path file = directory.resolve(UUID.randomUUID() + ".parquet");
        try {
            Files.write(file, new byte[] {1, 2, 3});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return WriteEntryBuilder.builder()
                .path(file.toString())
                .recordCount(1L)
                .contentLength(3L)
                .sourceContentLength(8L)
                .entryType("data")
                .columnStats(Map.of())
                .build();
    }

    @Override
    void expire() {
        clockAhead.set(clockAhead.get().plusHours(2));
    }

    @Test
    void aTableThatIsGoneIsARefusalAndNotAMissingTransaction() {
        TransactionRef transaction = ((TransactionSeen) port.begin("contract")).transaction();
        DeltaTarget gone = new DeltaTarget(TableRef.of("sales", "gone"), DeltaMode.APPEND, "parquet", 0);

        ServerAnswer answer = port.claim(new TransactionPort.Claim(gone, transaction, "key", "owner", "op_1"));

        assertThat(answer).isInstanceOf(Refused.class);
        assertThat(((Refused) answer).refusal()).isEqualTo(Refusal.REJECTED);
        assertThat(((Refused) answer).cause()).hasMessageContaining("gone");
    }

    @Test
    void repliesThatAreLostAndServersThatAreBusySettleNothing() {
        for (FaultAction fault : List.of(
                new FaultAction.DropConnection(),
                new FaultAction.Answer(503, "service_unavailable", true, 1),
                new FaultAction.Answer(429, "rate_limited", true, 1),
                new FaultAction.Answer(500, "internal_server_error", false, 0))) {
            server.faults().add(FaultRule.once(FaultPoint.BEFORE_REPLY, "POST", "/v1/transactions", fault));

            assertThat(port.begin("contract")).as("%s", fault).isInstanceOf(Unanswered.class);
        }
    }

    @Test
    void theServersWishToWaitIsHandedOn() {
        server.faults()
                .add(FaultRule.once(
                        FaultPoint.BEFORE_HANDLER,
                        "POST",
                        "/v1/transactions",
                        new FaultAction.Answer(503, "service_unavailable", true, 7)));

        Unanswered answer = (Unanswered) port.begin("contract");

        assertThat(answer.retryAfter()).isEqualTo(Duration.ofSeconds(7));
    }
}
