package io.deltacat.server.http;

import io.deltacat.server.machine.Refusal;
import io.deltacat.server.machine.RefusalKind;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/** Checks the bearer token of a request in constant time. Immutable; keeps a digest, never the token. */
public final class BearerAuthentication {
    private static final String SCHEME = "Bearer ";

    private final byte @Nullable [] expected;

    private BearerAuthentication(byte @Nullable [] expected) {
        this.expected = expected;
    }

    /**
     * Lets every request pass.
     *
     * @return the check
     */
    public static BearerAuthentication none() {
        return new BearerAuthentication(null);
    }

    /**
     * Lets only requests with this token pass.
     *
     * @param token the token, not kept
     * @return the check
     */
    public static BearerAuthentication ofToken(String token) {
        return new BearerAuthentication(digest(token));
    }

    /**
     * Whether a token is asked for at all.
     *
     * @return true if requests need a token
     */
    public boolean isConfigured() {
        return expected != null;
    }

    /**
     * Checks one request.
     *
     * @param authorization value of the {@code Authorization} header, or null
     * @throws io.deltacat.server.machine.RefusedException if the token is missing or wrong
     */
    void check(@Nullable String authorization) {
        if (expected == null) {
            return;
        }
        if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw Refusal.of(
                            RefusalKind.UNAUTHENTICATED,
                            "the request carries no bearer token; send header 'Authorization: Bearer <token>'")
                    .asException();
        }
        byte[] actual = digest(authorization.substring(SCHEME.length()).trim());
        if (!MessageDigest.isEqual(expected, actual)) {
            throw Refusal.of(
                            RefusalKind.UNAUTHENTICATED,
                            "the bearer token is not the one this server was started with; check the token")
                    .asException();
        }
    }

    private static byte[] digest(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime has no SHA-256", e);
        }
    }
}
