package io.deltacat.flink.source.enumerator;

import io.deltacat.flink.source.split.DeltaCatSplit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.metrics.groups.SplitEnumeratorMetricGroup;

/** Flink's context with both its threads turned by hand: worker calls and timer ticks wait until the test runs them. */
final class ManualContext implements SplitEnumeratorContext<DeltaCatSplit> {
    final RecordedMetrics metrics = new RecordedMetrics();
    final Deque<Runnable> worker = new ArrayDeque<>();
    final List<Runnable> timers = new ArrayList<>();
    final Map<Integer, List<DeltaCatSplit>> assigned = new HashMap<>();
    final Map<Integer, List<SourceEvent>> events = new HashMap<>();
    final Set<Integer> ended = new HashSet<>();
    final List<Boolean> backlog = new ArrayList<>();
    private final Map<Integer, ReaderInfo> readers = new HashMap<>();

    /** Makes a reader known. */
    void register(int subtask) {
        readers.put(subtask, new ReaderInfo(subtask, "host"));
    }

    /** Fires all timers and runs worker calls until none is left. */
    void tick() {
        List.copyOf(timers).forEach(Runnable::run);
        while (!worker.isEmpty()) {
            worker.removeFirst().run();
        }
    }

    @Override
    public SplitEnumeratorMetricGroup metricGroup() {
        return metrics.group();
    }

    @Override
    public void sendEventToSourceReader(int subtask, SourceEvent event) {
        events.computeIfAbsent(subtask, key -> new ArrayList<>()).add(event);
    }

    @Override
    public int currentParallelism() {
        return 2;
    }

    @Override
    public Map<Integer, ReaderInfo> registeredReaders() {
        return readers;
    }

    @Override
    public void assignSplits(SplitsAssignment<DeltaCatSplit> assignment) {
        assignment
                .assignment()
                .forEach((subtask, splits) -> assigned.computeIfAbsent(subtask, key -> new ArrayList<>())
                        .addAll(splits));
    }

    @Override
    public void signalNoMoreSplits(int subtask) {
        ended.add(subtask);
    }

    @Override
    public <T> void callAsync(Callable<T> callable, BiConsumer<T, Throwable> handler) {
        worker.add(() -> call(callable, handler));
    }

    @Override
    public <T> void callAsync(Callable<T> callable, BiConsumer<T, Throwable> handler, long delay, long period) {
        timers.add(() -> call(callable, handler));
    }

    @Override
    public void runInCoordinatorThread(Runnable runnable) {
        runnable.run();
    }

    @Override
    public void setIsProcessingBacklog(boolean isProcessingBacklog) {
        backlog.add(isProcessingBacklog);
    }

    private static <T> void call(Callable<T> callable, BiConsumer<T, Throwable> handler) {
        T result = null;
        Throwable failure = null;
        try {
            result = callable.call();
        } catch (Exception e) {
            failure = e;
        }
        handler.accept(result, failure);
    }
}
