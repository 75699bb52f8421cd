package io.deltacat.flink.sink.commit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Runs events in virtual time, one after the other, the same way for the same seed. */
final class Sim {
    private record Event(long time, long order, String label, boolean background, Runnable run) {}

    private final long seed;
    private final Map<String, RandomGenerator> streams = new LinkedHashMap<>();
    private final PriorityQueue<Event> events = new PriorityQueue<>(
            (a, b) -> a.time() != b.time() ? Long.compare(a.time(), b.time()) : Long.compare(a.order(), b.order()));
    private final List<Runnable> invariants = new ArrayList<>();
    private final List<String> labels = new ArrayList<>();
    private long now;
    private long scheduled;
    private long traceHash = 17;

    Sim(long seed) {
        this.seed = seed;
    }

    /** A stream of numbers of its own for each name: a new consumer does not shift the others. */
    RandomGenerator random(String stream) {
        return streams.computeIfAbsent(
                stream,
                name -> RandomGeneratorFactory.of("L64X128MixRandom").create(seed * 1_000_003 + name.hashCode()));
    }

    long now() {
        return now;
    }

    void after(long nanos, String label, Runnable event) {
        events.add(new Event(now + nanos, scheduled++, label, false, event));
    }

    /** An event that may also happen while another one waits, such as the arrival of a late request. */
    void inBackgroundAfter(long nanos, String label, Runnable event) {
        events.add(new Event(now + nanos, scheduled++, label, true, event));
    }

    void check(Runnable invariant) {
        invariants.add(invariant);
    }

    void note(String label) {
        labels.add(now / 1_000_000 + "ms " + label);
        traceHash = traceHash * 31 + label.hashCode();
    }

    /** Waits inside an event: only background events happen meanwhile. */
    void waitFor(long nanos) {
        long until = now + nanos;
        List<Event> due = events.stream()
                .filter(event -> event.background() && event.time() <= until)
                .sorted(events.comparator())
                .toList();
        for (Event event : due) {
            events.remove(event);
            run(event);
        }
        now = Math.max(now, until);
    }

    /** Waiting and jitter for the loops under test. */
    Pauses pauses() {
        return new Pauses() {
            @Override
            public long nanoTime() {
                return now;
            }

            @Override
            public double jitter() {
                return random("jitter").nextDouble();
            }

            @Override
            public void pause(Duration duration) {
                waitFor(duration.toNanos());
            }
        };
    }

    long runUntil(BooleanSupplier done, int maxSteps) {
        for (int step = 0; step < maxSteps; step++) {
            if (done.getAsBoolean()) {
                return traceHash;
            }
            Event event = events.poll();
            if (event == null) {
                throw failure("nothing is left to happen", null);
            }
            run(event);
        }
        throw failure("not done after " + maxSteps + " events", null);
    }

    private void run(Event event) {
        now = Math.max(now, event.time());
        note(event.label());
        try {
            event.run().run();
            invariants.forEach(Runnable::run);
        } catch (AssertionError | RuntimeException e) {
            throw failure(e.getMessage(), e);
        }
    }

    AssertionError failure(String what, Throwable cause) {
        if (cause instanceof AssertionError
                && String.valueOf(cause.getMessage()).startsWith("seed ")) {
            return (AssertionError) cause;
        }
        List<String> last = labels.subList(Math.max(0, labels.size() - 60), labels.size());
        return new AssertionError("seed " + seed + ": " + what + "\n  " + String.join("\n  ", last), cause);
    }
}
