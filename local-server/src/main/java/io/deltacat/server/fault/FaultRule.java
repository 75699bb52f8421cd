package io.deltacat.server.fault;

import static java.util.Objects.requireNonNull;

/**
 * One fault: where, for which requests, what, and how often.
 *
 * @param point where it strikes
 * @param method HTTP method it is for, or {@code *}
 * @param pathPattern regular expression that the whole raw path must match
 * @param action what it does
 * @param skip matching requests that pass untouched before it strikes
 * @param times how often it strikes before it is spent
 */
public record FaultRule(FaultPoint point, String method, String pathPattern, FaultAction action, int skip, int times) {
    /** Checks. */
    public FaultRule {
        requireNonNull(point, "point");
        requireNonNull(method, "method");
        requireNonNull(pathPattern, "pathPattern");
        requireNonNull(action, "action");
        if (skip < 0 || times < 1) {
            throw new IllegalArgumentException(
                    "fault rule: skip is " + skip + ", times is " + times + "; expected skip >= 0 and times >= 1");
        }
    }

    /**
     * A fault that strikes the first matching request, once.
     *
     * @param point where
     * @param method HTTP method or {@code *}
     * @param pathPattern regular expression for the whole raw path
     * @param action what
     * @return the rule
     */
    public static FaultRule once(FaultPoint point, String method, String pathPattern, FaultAction action) {
        return new FaultRule(point, method, pathPattern, action, 0, 1);
    }
}
