package io.deltacat.server.machine;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A request turned down: what kind of rule it broke, said in one line that names thing, value and cure. Immutable.
 *
 * @param kind the rule
 * @param message one line for the caller; never holds a secret
 * @param details machine-readable facts for the error envelope, in order; values are strings, numbers or booleans
 */
public record Refusal(RefusalKind kind, String message, Map<String, Object> details) {
    /** Checks and copies. */
    public Refusal {
        requireNonNull(kind, "kind");
        requireNonNull(message, "message");
        details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
    }

    /**
     * A refusal without details.
     *
     * @param kind the rule
     * @param message one line for the caller
     * @return the refusal
     */
    public static Refusal of(RefusalKind kind, String message) {
        return new Refusal(kind, message, Map.of());
    }

    /**
     * The same refusal with one more detail.
     *
     * @param key name of the detail, snake case as on the wire
     * @param value string, number or boolean
     * @return a new refusal
     */
    public Refusal with(String key, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(details);
        more.put(key, value);
        return new Refusal(kind, message, more);
    }

    /**
     * The refusal as an exception, for leaving a store transaction without effect.
     *
     * @return a new exception to throw
     */
    public RefusedException asException() {
        return new RefusedException(this);
    }
}
