package io.deltacat.server.service;

import io.deltacat.server.machine.Refusal;
import io.deltacat.server.machine.RefusalKind;
import io.deltacat.server.machine.RefusedException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Where the next page of a list begins, and at which snapshot. Opaque to clients; survives restarts.
 *
 * @param list which list it belongs to; tokens are not interchangeable
 * @param before the snapshot of the first page
 * @param after the last item seen: a name or a number
 */
record PageToken(String list, long before, String after) {
    private static final String VERSION = "1";

    /** The token's text. */
    String encode() {
        String text = VERSION + "|" + list + "|" + before + "|" + after;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads a token.
     *
     * @param text the token; null for the first page
     * @param list the list it must belong to
     * @return the token; null for the first page
     */
    static @Nullable PageToken decode(@Nullable String text, String list) {
        if (text == null) {
            return null;
        }
        try {
            String decoded = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            String[] parts = decoded.split("\\|", 4);
            if (parts.length != 4 || !parts[0].equals(VERSION) || !parts[1].equals(list)) {
                throw refused(list);
            }
            long before = Long.parseLong(parts[2]);
            if (before < 0) {
                throw refused(list);
            }
            return new PageToken(list, before, parts[3]);
        } catch (IllegalArgumentException e) {
            throw refused(list);
        }
    }

    /** The number after which the page begins. */
    long afterNumber() {
        try {
            return Long.parseLong(after);
        } catch (NumberFormatException e) {
            throw refused(list);
        }
    }

    private static RefusedException refused(String list) {
        return Refusal.of(
                        RefusalKind.INVALID_REQUEST,
                        "query parameter 'next_token' is no token of the list of " + list
                                + "; use the value of header x-deltacat-next-token of the page before")
                .with("field", "next_token")
                .asException();
    }
}
