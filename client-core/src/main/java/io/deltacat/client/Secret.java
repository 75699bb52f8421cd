package io.deltacat.client;

import static java.util.Objects.requireNonNull;

import java.io.Serial;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * Text that must not be shown, such as a bearer token. It prints as {@code ***}; only {@link #reveal()} gives the text.
 * Serializable so that it can travel in a job's configuration; it must not be put into checkpoint state, messages or
 * logs. Immutable.
 */
public final class Secret implements Serializable {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    /**
     * Wraps a secret text.
     *
     * @param value the text, not blank
     * @return the secret
     * @throws IllegalArgumentException if the text is blank or has characters outside printable ASCII, which no HTTP
     *     header can carry; usually a line end was read along with the token
     */
    public static Secret of(String value) {
        requireNonNull(value, "value");
        if (value.isBlank()) {
            throw new IllegalArgumentException("Secret is blank; expected its text. Leave it out if there is none.");
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < 0x20 || c > 0x7e) {
                throw new IllegalArgumentException("Secret has a character outside printable ASCII at index " + i
                        + "; expected header text. Check for a line end at the end of the file it was read from.");
            }
        }
        return new Secret(value);
    }

    /**
     * Gives the text. Callers pass it on to where it is needed and do not keep it.
     *
     * @return the secret text
     */
    public String reveal() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret
                && MessageDigest.isEqual(
                        value.getBytes(StandardCharsets.UTF_8),
                        ((Secret) other).value.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return "***";
    }
}
