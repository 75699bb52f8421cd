package io.deltacat.server.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The faults that are switched on in one server. Thread-safe. With no rule added it changes nothing. */
public final class Faults {
    private final List<Armed> armed = new ArrayList<>();

    /**
     * Switches a fault on.
     *
     * @param rule the fault
     */
    public synchronized void add(FaultRule rule) {
        armed.add(new Armed(rule));
    }

    /** Switches all faults off. */
    public synchronized void clear() {
        armed.clear();
    }

    /**
     * The faults that can still strike.
     *
     * @return rules with what is left of {@code skip} and {@code times}
     */
    public synchronized List<FaultRule> rules() {
        return armed.stream().map(Armed::remaining).toList();
    }

    /**
     * The fault that strikes now, if any; counts it as used.
     *
     * @param point where the request is
     * @param method its HTTP method
     * @param path its raw path
     * @return what to do; empty for nothing
     */
    public synchronized Optional<FaultAction> strike(FaultPoint point, String method, String path) {
        for (int i = 0; i < armed.size(); i++) {
            Armed candidate = armed.get(i);
            if (!candidate.matches(point, method, path)) {
                continue;
            }
            if (candidate.skip > 0) {
                candidate.skip--;
                continue;
            }
            candidate.times--;
            if (candidate.times == 0) {
                armed.remove(i);
            }
            return Optional.of(candidate.rule.action());
        }
        return Optional.empty();
    }

    private static final class Armed {
        private final FaultRule rule;
        private final Pattern pattern;
        private int skip;
        private int times;

        Armed(FaultRule rule) {
            this.rule = rule;
            this.pattern = Pattern.compile(rule.pathPattern());
            this.skip = rule.skip();
            this.times = rule.times();
        }

        boolean matches(FaultPoint point, String method, String path) {
            return rule.point() == point
                    && (rule.method().equals("*") || rule.method().equalsIgnoreCase(method))
                    && pattern.matcher(path).matches();
        }

        FaultRule remaining() {
            return new FaultRule(rule.point(), rule.method(), rule.pathPattern(), rule.action(), skip, times);
        }
    }
}
