package io.deltacat.flink.sink.writer;

import static java.util.Objects.requireNonNull;

import io.deltacat.client.model.SortScheme;
import io.deltacat.client.model.WriteSession;
import java.time.Duration;
import org.apache.flink.annotation.Internal;
import org.jspecify.annotations.Nullable;

/**
 * Where a writer may put files, as its location session says. Immutable.
 *
 * @param sessionId location session
 * @param sessionVersion its version fence
 * @param dataDirectory directory to write to
 * @param sortScheme sort scheme of the table, or null if it has none
 * @param life how long the session lives without a heartbeat, by the server's own clock
 */
@Internal
record WriteLocation(
        String sessionId,
        long sessionVersion,
        String dataDirectory,
        @Nullable SortScheme sortScheme,
        Duration life) {
    /** Checks that everything is there. */
    WriteLocation {
        requireNonNull(sessionId, "sessionId");
        requireNonNull(dataDirectory, "dataDirectory");
        requireNonNull(life, "life");
    }

    /**
     * Reads a session. The life span is the difference of two of the server's times, so that the clocks of the two machines
     * need not agree.
     *
     * @param session reply of the server
     * @return where to write
     */
    static WriteLocation of(WriteSession session) {
        long seen = Math.max(session.createdAt(), session.lastHeartbeatAt());
        return new WriteLocation(
                session.sessionId(),
                session.sessionVersion(),
                session.dataDir(),
                session.sortScheme(),
                Duration.ofNanos(Math.max(0, session.expiresAt() - seen)));
    }
}
