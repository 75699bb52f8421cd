package io.deltacat.client.write;

import io.deltacat.client.model.WriteSession;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a committed write did. Immutable.
 *
 * @param rows rows written
 * @param files files registered
 * @param bytes stored bytes of the files
 * @param session the committed session as the server answered it, or null if there were no rows and so no commit
 */
public record WriteOutcome(
        long rows, long files, long bytes, @Nullable WriteSession session) {
    /**
     * Gives the committed session, which names the deltas on newer servers.
     *
     * @return the session, empty if nothing was committed for lack of rows
     */
    public Optional<WriteSession> committedSession() {
        return Optional.ofNullable(session);
    }
}
