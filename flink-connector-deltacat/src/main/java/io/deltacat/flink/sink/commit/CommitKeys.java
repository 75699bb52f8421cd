package io.deltacat.flink.sink.commit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.flink.annotation.Internal;

/**
 * Derives write keys and operation ids from a commit id, so that every process that ever works on a commit names the same
 * sessions and the same calls. Stateless.
 */
@Internal
final class CommitKeys {
    private CommitKeys() {}

    /**
     * Names the keyed session of one delta.
     *
     * @param commitId id of the commit
     * @param generation 0 for the preparation, 1 and up for each time the files are staged again
     * @param delta index of the delta in the commit
     * @return the write key
     */
    static String writeKey(String commitId, int generation, int delta) {
        return commitId + "." + generation + "." + delta;
    }

    /**
     * Names the opening of a session: the same key in the same transaction is the same call.
     *
     * @param writeKey key of the session
     * @param transactionId transaction the session is bound to
     * @return an operation id
     */
    static String claimOperation(String writeKey, String transactionId) {
        return operation("claim|" + writeKey + "|" + transactionId);
    }

    /**
     * Names the attaching of a delta: the same key in the same session is the same call.
     *
     * @param writeKey key of the session
     * @param sessionId session that the server gave for it
     * @return an operation id
     */
    static String attachOperation(String writeKey, String sessionId) {
        return operation("attach|" + writeKey + "|" + sessionId);
    }

    private static String operation(String text) {
        return "op_" + digest(text);
    }

    /**
     * Digests a text.
     *
     * @param text any text
     * @return 32 hex digits
     */
    static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is missing from this Java runtime", e);
        }
    }
}
