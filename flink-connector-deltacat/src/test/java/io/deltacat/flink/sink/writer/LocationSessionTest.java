package io.deltacat.flink.sink.writer;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltacat.client.DeltaCatException;
import io.deltacat.client.FailureContextBuilder;
import io.deltacat.client.NotFound;
import io.deltacat.client.ServerUnavailable;
import io.deltacat.client.model.WriteSession;
import io.deltacat.client.model.WriteSessionBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.core.testutils.ManuallyTriggeredScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LocationSessionTest {
    private final ManuallyTriggeredScheduledExecutorService executor = new ManuallyTriggeredScheduledExecutorService();
    private final FakeServer server = new FakeServer();

    @Test
    void isKeptAliveWellBeforeItExpires() {
        LocationSession session = LocationSession.open(server, executor);

        assertThat(nextDelay()).isEqualTo(Duration.ofMinutes(15));
        server.life = Duration.ofSeconds(30);
        executor.triggerScheduledTasks();

        assertThat(server.calls).containsExactly("open", "heartbeat ws-1@1");
        assertThat(nextDelay()).isEqualTo(Duration.ofSeconds(10));
        executor.triggerScheduledTasks();
        assertThat(server.calls).containsExactly("open", "heartbeat ws-1@1", "heartbeat ws-1@2");
        assertThat(session.location().sessionVersion()).isEqualTo(3);
    }

    @Test
    void aLostSessionIsOpenedAgainAndFilesGoToItsDirectory() {
        LocationSession session = LocationSession.open(server, executor);
        server.failure = new NotFound(failure("gone"));

        executor.triggerScheduledTasks();

        assertThat(server.calls).containsExactly("open", "heartbeat ws-1@1", "open");
        assertThat(session.location().dataDirectory()).isEqualTo("/data/ws-2");
    }

    @Test
    void anOutageIsSatOutAndTheLocationStays() {
        LocationSession session = LocationSession.open(server, executor);
        server.failure = new ServerUnavailable(failure("down"));

        executor.triggerScheduledTasks();

        assertThat(session.location().dataDirectory()).isEqualTo("/data/ws-1");
        assertThat(nextDelay()).isLessThan(Duration.ofMinutes(15));
        executor.triggerScheduledTasks();
        assertThat(server.calls).containsExactly("open", "heartbeat ws-1@1", "heartbeat ws-1@1");
    }

    @Test
    void afterCloseNothingIsSentAndNothingWasEverAborted() {
        LocationSession session = LocationSession.open(server, executor);

        session.close();
        session.close();
        executor.triggerScheduledTasks();

        assertThat(server.calls).containsExactly("open");
    }

    private Duration nextDelay() {
        ScheduledFuture<?> next = executor.getActiveScheduledTasks().iterator().next();
        return Duration.ofMillis(next.getDelay(TimeUnit.MILLISECONDS));
    }

    private static io.deltacat.client.FailureContext failure(String problem) {
        return FailureContextBuilder.builder()
                .code("test")
                .problem(problem)
                .cure("None.")
                .details(Map.of())
                .build();
    }

    private static final class FakeServer implements LocationPort {
        private final List<String> calls = new ArrayList<>();
        private Duration life = Duration.ofHours(1);
        private @Nullable DeltaCatException failure;
        private int sessions;

        @Override
        public WriteSession open() {
            calls.add("open");
            sessions++;
            return session("ws-" + sessions, 1);
        }

        @Override
        public WriteSession heartbeat(String sessionId, long sessionVersion) {
            calls.add("heartbeat " + sessionId + "@" + sessionVersion);
            DeltaCatException once = failure;
            failure = null;
            if (once != null) {
                throw once;
            }
            return session(sessionId, sessionVersion + 1);
        }

        private WriteSession session(String id, long version) {
            return WriteSessionBuilder.builder()
                    .sessionId(id)
                    .sessionVersion(version)
                    .status("OPEN")
                    .namespace("sales")
                    .table("orders")
                    .mode("append")
                    .format("parquet")
                    .tableExists(true)
                    .dataDir("/data/" + id)
                    .createdAt(1_000)
                    .lastHeartbeatAt(2_000 + version)
                    .expiresAt(2_000 + version + life.toNanos())
                    .build();
        }
    }
}
