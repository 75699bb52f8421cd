package io.deltacat.flink.source.progress;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import org.apache.flink.annotation.Internal;

/**
 * Short identity of a watermark document's content, kept in checkpoints instead of the document. Immutable.
 *
 * @param shared digest of the part all workers write
 * @param own digest of this connector's entry
 */
@Internal
public record Fingerprint(String shared, String own) {
    private static final int DIGEST_BYTES = 16;

    /** Checks that both digests are there. */
    public Fingerprint {
        Objects.requireNonNull(shared, "shared");
        Objects.requireNonNull(own, "own");
    }

    /**
     * Digests two texts.
     *
     * @param shared the shared part
     * @param own this connector's entry, empty when there is none
     * @return the fingerprint
     */
    static Fingerprint of(String shared, String own) {
        return new Fingerprint(digest(shared), own.isEmpty() ? "" : digest(own));
    }

    /**
     * Tells whether this is what a server leaves of a document when it drops the keys it does not know.
     *
     * @param written what was written
     * @return whether the shared part is the same and only the own entry is missing
     */
    public boolean lostOwnPartOf(Fingerprint written) {
        return shared.equals(written.shared) && own.isEmpty() && !written.own.isEmpty();
    }

    /**
     * Tells whether the document had nothing about the table.
     *
     * @return whether neither slot nor entry was there
     */
    public boolean saysNothing() {
        return own.isEmpty() && (shared.equals(digest("")) || shared.equals(digest("|")));
    }

    private static String digest(String content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java runtime has no SHA-256, which every one must have", e);
        }
    }
}
