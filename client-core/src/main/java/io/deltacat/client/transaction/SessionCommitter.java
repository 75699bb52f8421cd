package io.deltacat.client.transaction;

import io.deltacat.client.DeltaCatException;
import io.deltacat.client.http.Pacing;
import io.deltacat.client.model.WriteSession;
import io.deltacat.client.model.WriteSessionCommitRequest;
import io.deltacat.client.model.WriteSessionCommitRequestBuilder;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Commits write sessions and settles lost replies, as {@link SessionRecovery} decides. Thread-safe. */
final class SessionCommitter {
    private final WriteSessionClient sessions;
    private final Pacing pacing;
    private final Duration timeout;

    SessionCommitter(WriteSessionClient sessions, Pacing pacing, Duration timeout) {
        this.sessions = sessions;
        this.pacing = pacing;
        this.timeout = timeout;
    }

    WriteSession commit(String sessionId, WriteSessionCommitRequest request) {
        Conversation conversation = new Conversation(sessionId, request);
        return new CommitLoop<>(conversation, pacing, timeout, "write session '" + sessionId + "'")
                .run(new CommitStep.Send<>(request.sessionVersion()));
    }

    private final class Conversation implements CommitLoop.Protocol<WriteSession> {
        private final String sessionId;
        private final WriteSessionCommitRequest request;
        private final SessionRecovery recovery;

        private @Nullable DeltaCatException lastFailure;

        private Conversation(String sessionId, WriteSessionCommitRequest request) {
            this.sessionId = sessionId;
            this.request = request;
            this.recovery = new SessionRecovery(sessionId, request.operationId());
        }

        @Override
        public CommitStep<WriteSession> send(long version, Duration elapsed) {
            WriteSessionCommitRequest body = WriteSessionCommitRequestBuilder.builder(request)
                    .sessionVersion(version)
                    .build();
            lastFailure = null;
            try {
                return recovery.afterReply(sessions.commitOnce(sessionId, body), elapsed);
            } catch (DeltaCatException e) {
                lastFailure = e;
                return recovery.afterFailure(e, version);
            }
        }

        @Override
        public CommitStep<WriteSession> look(Duration elapsed) {
            lastFailure = null;
            try {
                return recovery.afterLook(sessions.get(sessionId), elapsed);
            } catch (DeltaCatException e) {
                lastFailure = e;
                return recovery.afterFailedLook(e);
            }
        }

        @Override
        public Optional<DeltaCatException> lastFailure() {
            return Optional.ofNullable(lastFailure);
        }
    }
}
