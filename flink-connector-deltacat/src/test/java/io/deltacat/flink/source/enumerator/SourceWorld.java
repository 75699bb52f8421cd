package io.deltacat.flink.source.enumerator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltacat.client.TableRef;
import io.deltacat.flink.source.Acknowledgement;
import io.deltacat.flink.source.DiscoveryFeed;
import io.deltacat.flink.source.ForeignWatermarkPolicy;
import io.deltacat.flink.source.RedrivePolicy;
import io.deltacat.flink.source.StartMode;
import io.deltacat.flink.source.codec.CorruptStateException;
import io.deltacat.flink.source.enumerator.SourceStart.Started;
import io.deltacat.flink.source.feed.DeltaKind;
import io.deltacat.flink.source.feed.FakeTable;
import io.deltacat.flink.source.feed.HistoryRules;
import io.deltacat.flink.source.feed.PartitionRef;
import io.deltacat.flink.source.feed.RowReading;
import io.deltacat.flink.source.progress.Progress;
import io.deltacat.flink.source.progress.SourceOrigin;
import io.deltacat.flink.source.progress.SubscriptionRivals;
import io.deltacat.flink.source.progress.WatermarkDocument;
import io.deltacat.flink.source.progress.WatermarkDocument.SlotLayout;
import io.deltacat.flink.source.progress.WatermarkWriter;
import io.deltacat.flink.source.reader.UnconfirmedSplits;
import io.deltacat.flink.source.split.DeltaCatSplit;
import io.deltacat.flink.source.split.DeltaCatSplit.SplitState;
import io.deltacat.flink.source.split.DeltaCatSplitSerializer;
import io.deltacat.flink.source.split.SplitId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.apache.flink.api.connector.source.Boundedness;
import org.jspecify.annotations.Nullable;

/**
 * The real coordination, feeds, tracker and watermark rules of the source among simulated readers, checkpoints, messages and
 * failures. Each step picks one of the things that can happen next. Messages of one direction between two parties keep their
 * order, as Flink guarantees; nothing else does. A crash keeps only what was in a checkpoint.
 */
final class SourceWorld {
    private final RandomGenerator random;
    final FakeTable table;
    final FakeServer server;
    private final EnumeratorOptions options;
    private final DeltaCatSplitSerializer splitSerializer = new DeltaCatSplitSerializer();
    private final DeltaCatEnumeratorStateSerializer stateSerializer = new DeltaCatEnumeratorStateSerializer();
    private final List<String> labels = new ArrayList<>();
    private final List<PartitionRef> partitions = new ArrayList<>();

    private SourceCoordination coordination;
    private @Nullable Started started;
    private final List<Reader> readers = new ArrayList<>();
    private final Deque<Runnable> fromWorker = new ArrayDeque<>();
    private boolean discovering;
    private long nextCheckpoint = 1;
    private final TreeMap<Long, Pending> pending = new TreeMap<>();
    private final TreeMap<Long, Completed> completed = new TreeMap<>();
    private final Map<Long, Map<Integer, List<DeltaCatSplit>>> assignedBefore = new TreeMap<>();
    private Map<Integer, List<DeltaCatSplit>> assigned = new TreeMap<>();
    private final Set<Long> rowsInCompletedCheckpoints = new HashSet<>();
    private final Set<Long> rowsBeforeThisJob = new HashSet<>();
    private List<Long> outputOfGoneReaders = new ArrayList<>();
    private final Map<Long, Long> emittedAt = new TreeMap<>();
    private final Map<Long, String> keyOfRow = new TreeMap<>();
    private long emissions;
    private boolean healed;
    private final boolean withRedrives;
    private final List<ObjectNode> documents = new ArrayList<>();
    private int redrives;

    /** One subtask of the source. */
    private static final class Reader {
        final int subtask;
        final Map<String, DeltaCatSplit> splits = new LinkedHashMap<>();
        final UnconfirmedSplits unconfirmed = new UnconfirmedSplits();
        final Deque<Runnable> toReader = new ArrayDeque<>();
        final Deque<Runnable> toCoordinator = new ArrayDeque<>();
        final Deque<Runnable> acknowledgements = new ArrayDeque<>();
        List<Long> output = new ArrayList<>();
        boolean asked;
        boolean registered;

        Reader(int subtask) {
            this.subtask = subtask;
        }
    }

    /** State of one reader in a checkpoint. */
    private record ReaderState(List<byte[]> splits, List<Long> output) {}

    /** A checkpoint on its way. */
    private record Pending(byte[] coordinator, Map<Integer, ReaderState> readers, List<Long> gone) {}

    /** A completed checkpoint. */
    private record Completed(byte[] coordinator, Map<Integer, ReaderState> readers, List<Long> gone) {}

    SourceWorld(
            long seed, DiscoveryFeed feed, ForeignWatermarkPolicy policy, RowReading reading, boolean withRedrives) {
        this.withRedrives = withRedrives;
        this.random = new SplittableRandom(seed);
        this.table = new FakeTable(new SplittableRandom(seed * 31 + 1));
        this.server = new FakeServer(table);
        this.options = new EnumeratorOptions(
                TableRef.of("ns", "t"),
                ReadRange.of(StartMode.SUBSCRIPTION, Boundedness.CONTINUOUS_UNBOUNDED),
                reading,
                HistoryRules.FAIL,
                new DiscoveryRules(feed, Duration.ofMillis(100), Duration.ofMinutes(1), 6, 16, Long.MAX_VALUE),
                new SubscriptionRules(
                        Acknowledgement.ON_CHECKPOINT,
                        Duration.ZERO,
                        policy,
                        RedrivePolicy.REREAD,
                        SubscriptionRules.Absence.FAIL,
                        Duration.ofSeconds(30)),
                null);
        if (reading == RowReading.UPSERTS) {
            table.mergesBy("id");
        }
        partitions.add(table.partition("p0"));
        coordination = new SourceCoordination(options, DeltaCatEnumeratorState.fresh("ns.t", "source-" + seed), 0);
        replaceReaders(1 + random.nextInt(3), List.of());
    }

    /** Lets random things happen, then heals the world and runs it until nothing is left to do. */
    void run(int steps) {
        for (int i = 0; i < steps; i++) {
            step();
            checkInvariants();
        }
        healed = true;
        for (int i = 0; i < 20_000 && !settled(); i++) {
            step();
            checkInvariants();
        }
        assertThat(settled()).as("settles: " + describe() + table).isTrue();
        assertThat(new TreeSet<>(output())).isEqualTo(rowsLeftForThisJob());
        if (options.reading() == RowReading.UPSERTS) {
            assertThat(lastEmittedByKey()).as("the last row of each key").isEqualTo(lastCommittedByKey());
        }
    }

    /** What a downstream table holds that takes every row for an upsert. */
    private Map<String, Long> lastEmittedByKey() {
        Map<String, Long> last = new TreeMap<>();
        output().stream().sorted(Comparator.comparing(emittedAt::get)).forEach(row -> last.put(keyOfRow.get(row), row));
        return last;
    }

    private Map<String, Long> lastCommittedByKey() {
        Map<String, Long> last = new TreeMap<>();
        rowsLeftForThisJob().forEach(row -> last.merge(keyOfRow.get(row), row, Math::max));
        return last;
    }

    /** A number that tells two runs apart. */
    int traceHash() {
        return labels.hashCode();
    }

    /** The last things that happened. */
    List<String> lastLabels() {
        return labels.subList(Math.max(0, labels.size() - 60), labels.size());
    }

    private void step() {
        List<Runnable> possible = new ArrayList<>();
        if (!healed) {
            possible.add(this::commit);
            if (random.nextInt(12) == 0) {
                possible.add(this::failReader);
            }
            if (random.nextInt(60) == 0) {
                possible.add(this::failEverything);
            }
            if (random.nextInt(150) == 0) {
                possible.add(this::startWithoutState);
            }
            if (withRedrives && random.nextInt(20) == 0) {
                possible.add(this::redrive);
            }
        }
        if (!discovering) {
            possible.add(this::discover);
        }
        possible.add(this::acknowledge);
        if (pending.size() < 2 && (!healed || random.nextInt(10) == 0)) {
            possible.add(this::triggerCheckpoint);
        }
        if (!fromWorker.isEmpty()) {
            possible.add(() -> fromWorker.removeFirst().run());
        }
        for (Reader reader : List.copyOf(readers)) {
            possible.add(() -> work(reader));
            for (Deque<Runnable> channel : List.of(reader.toReader, reader.toCoordinator, reader.acknowledgements)) {
                if (!channel.isEmpty()) {
                    possible.add(() -> channel.removeFirst().run());
                }
            }
        }
        possible.get(random.nextInt(possible.size())).run();
    }

    private void commit() {
        if (random.nextInt(3) > 0) {
            return;
        }
        if (partitions.size() < 3 && random.nextInt(20) == 0) {
            partitions.add(table.partition("p" + partitions.size()));
        }
        PartitionRef partition = partitions.get(random.nextInt(partitions.size()));
        if (random.nextInt(12) == 0 && table.lastPosition(partition) > 0) {
            long upTo = random.nextLong(1, table.lastPosition(partition) + 1);
            PartitionRef next = table.compact(partition, upTo, random.nextInt(3));
            partitions.set(partitions.indexOf(partition), next);
            label("compact " + partition + " up to " + upTo + " into " + next);
            return;
        }
        int[] files = random.ints(random.nextInt(4), 0, 7).toArray();
        if (options.reading() == RowReading.UPSERTS) {
            long first = table.rowsCommitted();
            label("commit " + table.commitKind(partition, DeltaKind.UPSERT, files));
            String root = partition.partitionId().split("\\.")[0];
            for (long row = first; row < table.rowsCommitted(); row++) {
                keyOfRow.put(row, root + "/" + row % 5);
            }
            return;
        }
        label("commit " + (random.nextBoolean() ? table.append(partition, files) : table.add(partition, files)));
    }

    private void discover() {
        if (!healed && random.nextInt(6) == 0) {
            label("server out of reach");
            return;
        }
        Started ready = started;
        if (ready == null) {
            started = new SourceStart(options, server, currentState()).run();
            coordination.started(started.cursor(), started.lastSeen());
            label("started at " + started.cursor());
            return;
        }
        if (coordination.rewind().ready()) {
            goBack();
            return;
        }
        Optional<SourceCoordination.Budget> budget = coordination.discoveryBudget();
        if (budget.isEmpty()) {
            return;
        }
        discovering = true;
        var page = ready.feed().poll(budget.get().cursor(), budget.get().maxSplits());
        fromWorker.add(() -> {
            discovering = false;
            coordination.discovered(page, 0);
            label("discovered " + page.slices().size());
            handOut();
        });
    }

    /** An operator moves the watermark back: to nothing, or to where it was some time ago. */
    private void redrive() {
        if (server.document == null || documents.isEmpty()) {
            return;
        }
        ObjectNode earlier = documents.get(random.nextInt(documents.size()));
        server.document = random.nextBoolean() ? null : earlier;
        label("redrive");
    }

    /** What was emitted before counts no more: the rows behind the watermark are expected once from now on. */
    private void goBack() {
        discovering = true;
        Set<Long> rowsBefore = rowsOfDocument();
        SourceStart.Behind behind = new SourceStart(options, server, currentState()).behindWatermark();
        fromWorker.add(() -> {
            discovering = false;
            coordination.wentBack(behind.cursor(), behind.seen());
            label("goes back to " + behind.cursor());
            rowsBeforeThisJob.clear();
            rowsBeforeThisJob.addAll(rowsBefore);
            outputOfGoneReaders = new ArrayList<>();
            readers.forEach(reader -> reader.output = new ArrayList<>());
            forgetOutputOf(pending);
            redrives++;
        });
    }

    /** Makes checkpoints of before cost nothing: who goes back to one begins with what is left to emit. */
    private void forgetOutputOf(TreeMap<Long, Pending> underWay) {
        underWay.clear();
        Map.Entry<Long, Completed> last = completed.lastEntry();
        if (last != null) {
            Map<Integer, ReaderState> states = new TreeMap<>();
            last.getValue()
                    .readers()
                    .forEach((subtask, state) -> states.put(subtask, new ReaderState(state.splits(), List.of())));
            completed.clear();
            completed.put(last.getKey(), new Completed(last.getValue().coordinator(), states, List.of()));
        }
    }

    /** How often reading went back. */
    int redrives() {
        return redrives;
    }

    private void acknowledge() {
        if (started == null || coordination.rewind().wanted()) {
            return;
        }
        Optional<Progress> next = coordination.acknowledgements().next(0);
        if (next.isEmpty()) {
            return;
        }
        WatermarkAcknowledger acknowledger = new WatermarkAcknowledger(
                "ns.t",
                server,
                new WatermarkWriter(
                        coordination.sourceId(),
                        SourceOrigin.UNKNOWN,
                        options.subscription().foreignWatermark(),
                        options.subscription().onRedrive(),
                        SlotLayout.UNPARTITIONED),
                new SubscriptionRivals("ns.t", SourceOrigin.UNKNOWN));
        int fate = healed ? 9 : random.nextInt(10);
        if (fate == 0) {
            label("acknowledgement lost");
            fromWorker.add(() -> coordination.acknowledgements().failed(next.get(), 0));
            return;
        }
        WatermarkAcknowledger.Outcome outcome =
                acknowledger.acknowledge(next.get(), coordination.lastSeen(), coordination.lastWritten());
        label((outcome.goBack() ? "redriven " : "acknowledged ") + next.get());
        if (outcome.goBack()) {
            fromWorker.add(() -> {
                coordination.acknowledgements().forget();
                coordination.goBack();
            });
            return;
        }
        if (fate == 1) {
            label("reply lost");
            fromWorker.add(() -> coordination.acknowledgements().failed(next.get(), 0));
            return;
        }
        if (server.document != null && random.nextInt(4) == 0) {
            documents.add(server.document.deepCopy());
        }
        fromWorker.add(() -> {
            coordination.acknowledgements().sent();
            coordination.acknowledged(next.get(), outcome.seen());
        });
    }

    private void triggerCheckpoint() {
        if (readers.stream().anyMatch(reader -> !reader.registered)) {
            return;
        }
        long id = nextCheckpoint++;
        label("trigger " + id);
        byte[] state = stateSerializer.serialize(coordination.snapshot(id));
        assignedBefore.put(id, assigned);
        assigned = new TreeMap<>();
        pending.put(id, new Pending(state, new TreeMap<>(), outputOfGoneReaders));
        for (Reader reader : readers) {
            reader.toReader.add(() -> barrier(reader, id));
        }
    }

    private void barrier(Reader reader, long id) {
        if (!pending.containsKey(id)) {
            return;
        }
        List<byte[]> state = new ArrayList<>();
        reader.splits.values().forEach(split -> state.add(splitSerializer.serialize(split)));
        reader.unconfirmed.snapshot().forEach(split -> state.add(splitSerializer.serialize(split)));
        ReaderState snapshot = new ReaderState(state, List.copyOf(reader.output));
        label("barrier " + id + " at " + reader.subtask);
        reader.acknowledgements.add(() -> {
            Pending checkpoint = pending.get(id);
            if (checkpoint != null) {
                checkpoint.readers().put(reader.subtask, snapshot);
                if (checkpoint.readers().size() == readers.size()) {
                    complete(id, checkpoint);
                }
            }
        });
    }

    private void complete(long id, Pending checkpoint) {
        pending.headMap(id, true).clear();
        completed.put(id, new Completed(checkpoint.coordinator(), checkpoint.readers(), checkpoint.gone()));
        rowsInCompletedCheckpoints.addAll(checkpoint.gone());
        checkpoint.readers().values().forEach(reader -> rowsInCompletedCheckpoints.addAll(reader.output()));
        assignedBefore.keySet().removeIf(before -> before <= id);
        if (!healed && random.nextInt(6) == 0) {
            label("notification of " + id + " lost");
            return;
        }
        label("completed " + id);
        Runnable notification = () -> coordination.completed(id, 0).forEach(this::confirm);
        if (!healed && random.nextInt(4) == 0) {
            label("notification is late");
            fromWorker.add(notification);
        } else {
            notification.run();
        }
    }

    private void confirm(int subtask, List<SplitId> splits) {
        if (subtask < readers.size() && readers.get(subtask).registered) {
            Reader reader = readers.get(subtask);
            reader.toReader.add(() -> reader.unconfirmed.confirmed(
                    splits.stream().map(SplitId::text).toList()));
        }
    }

    private void work(Reader reader) {
        if (!reader.registered) {
            reader.registered = true;
            announce(reader, reader.unconfirmed.ids());
            ask(reader);
            return;
        }
        if (reader.splits.isEmpty()) {
            return;
        }
        DeltaCatSplit split = reader.splits.values().iterator().next();
        List<Long> rows = new ArrayList<>();
        if (split.merged().isEmpty()) {
            rows.addAll(table.rows(split.file().path()));
        }
        split.merged().forEach(part -> rows.addAll(table.rows(part.file().path())));
        long end = split.rowCount() == DeltaCatSplit.TO_END ? rows.size() : split.firstRow() + split.rowCount();
        long next = split.firstRow() + split.rowsRead();
        if (next < end) {
            Long row = rows.get((int) next);
            reader.output.add(row);
            emittedAt.put(row, emissions++);
            reader.splits.put(split.splitId(), split.resumedAfter(split.rowsRead() + 1));
            return;
        }
        label("reader " + reader.subtask + " finished " + split.splitId());
        reader.splits.remove(split.splitId());
        reader.unconfirmed.add(split);
        announce(reader, List.of(split.splitId()));
        if (reader.splits.size() < 2) {
            ask(reader);
        }
    }

    private void announce(Reader reader, List<String> ids) {
        List<SplitId> splits =
                ids.stream().map(id -> SplitId.parse(id).orElseThrow()).toList();
        reader.toCoordinator.add(() -> {
            confirm(reader.subtask, coordination.finished(reader.subtask, splits));
            if (!healed && random.nextInt(8) == 0) {
                coordination.finished(reader.subtask, splits);
            }
            handOut();
        });
    }

    private void ask(Reader reader) {
        if (!reader.asked) {
            reader.asked = true;
            reader.toCoordinator.add(() -> {
                coordination.requested(reader.subtask);
                handOut();
            });
        }
    }

    private void handOut() {
        Set<Integer> registered = new LinkedHashSet<>();
        readers.stream().filter(reader -> reader.registered).forEach(reader -> registered.add(reader.subtask));
        coordination.assign(registered, 0).forEach((subtask, splits) -> {
            assigned.computeIfAbsent(subtask, key -> new ArrayList<>()).addAll(splits);
            Reader reader = readers.get(subtask);
            reader.toReader.add(() -> {
                reader.asked = false;
                splits.forEach(split -> reader.splits.put(split.splitId(), split));
                if (reader.splits.size() < 2) {
                    ask(reader);
                }
            });
        });
    }

    /** One reader goes back to the last completed checkpoint; everything else stays. */
    private void failReader() {
        int subtask = random.nextInt(readers.size());
        label("reader " + subtask + " fails");
        pending.clear();
        Reader fresh = new Reader(subtask);
        Map.Entry<Long, Completed> last = completed.lastEntry();
        if (last != null) {
            ReaderState state = last.getValue().readers().get(subtask);
            restore(fresh, state.splits());
            fresh.output = new ArrayList<>(state.output());
        }
        readers.set(subtask, fresh);
        List<DeltaCatSplit> back = new ArrayList<>();
        assignedBefore.values().forEach(period -> back.addAll(removed(period, subtask)));
        back.addAll(removed(assigned, subtask));
        coordination.readerReset(subtask, back);
        handOut();
    }

    private static List<DeltaCatSplit> removed(Map<Integer, List<DeltaCatSplit>> assignment, int subtask) {
        List<DeltaCatSplit> splits = assignment.remove(subtask);
        return splits == null ? List.of() : splits;
    }

    /** The whole job goes back to a completed checkpoint, not always the last, perhaps with another parallelism. */
    private void failEverything() {
        if (completed.isEmpty()) {
            return;
        }
        if (random.nextInt(4) == 0 && completed.size() > 1) {
            completed.remove(completed.lastKey());
        }
        Completed last = completed.lastEntry().getValue();
        label("job restarts from " + completed.lastKey());
        crash();
        coordination = new SourceCoordination(options, state(last.coordinator()), 0);
        List<byte[]> splits = new ArrayList<>();
        outputOfGoneReaders = new ArrayList<>(last.gone());
        last.readers().values().forEach(reader -> {
            splits.addAll(reader.splits());
            outputOfGoneReaders.addAll(reader.output());
        });
        replaceReaders(1 + random.nextInt(4), splits);
        // Completed checkpoints are by reader; after a rescale only those taken from now on can be gone back to.
        byte[] coordinator = last.coordinator();
        Map<Integer, ReaderState> readerStates = new TreeMap<>();
        for (Reader reader : readers) {
            List<byte[]> state = new ArrayList<>();
            reader.splits.values().forEach(split -> state.add(splitSerializer.serialize(split)));
            reader.unconfirmed.snapshot().forEach(split -> state.add(splitSerializer.serialize(split)));
            readerStates.put(reader.subtask, new ReaderState(state, List.of()));
        }
        long id = completed.lastKey();
        completed.clear();
        completed.put(id, new Completed(coordinator, readerStates, List.copyOf(outputOfGoneReaders)));
    }

    /** The job is cancelled, its state thrown away, and a new one starts from the subscription's watermark. */
    private void startWithoutState() {
        label("new job from the watermark");
        crash();
        completed.clear();
        documents.clear();
        rowsInCompletedCheckpoints.clear();
        outputOfGoneReaders = new ArrayList<>();
        rowsBeforeThisJob.clear();
        rowsBeforeThisJob.addAll(rowsOfDocument());
        rowsInCompletedCheckpoints.addAll(rowsBeforeThisJob);
        coordination = new SourceCoordination(
                options, DeltaCatEnumeratorState.fresh("ns.t", "source-" + random.nextInt(1 << 30)), 0);
        replaceReaders(1 + random.nextInt(3), List.of());
    }

    private void crash() {
        pending.clear();
        fromWorker.clear();
        assignedBefore.clear();
        assigned = new TreeMap<>();
        discovering = false;
        started = null;
    }

    private void replaceReaders(int parallelism, Collection<byte[]> splits) {
        readers.clear();
        for (int subtask = 0; subtask < parallelism; subtask++) {
            readers.add(new Reader(subtask));
        }
        for (byte[] split : splits) {
            restore(readers.get(random.nextInt(parallelism)), List.of(split));
        }
    }

    private void restore(Reader reader, Collection<byte[]> splits) {
        for (byte[] bytes : splits) {
            DeltaCatSplit split;
            try {
                split = splitSerializer.deserialize(splitSerializer.getVersion(), bytes);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            if (split.state() == SplitState.FINISHED) {
                reader.unconfirmed.add(split);
            } else {
                reader.splits.put(split.splitId(), split);
            }
        }
    }

    private DeltaCatEnumeratorState state(byte[] bytes) {
        try {
            return stateSerializer.deserialize(stateSerializer.getVersion(), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private DeltaCatEnumeratorState currentState() {
        return completed.isEmpty()
                ? DeltaCatEnumeratorState.fresh("ns.t", coordination.sourceId())
                : state(completed.lastEntry().getValue().coordinator());
    }

    private void checkInvariants() {
        List<Long> output = output();
        assertThat(new HashSet<>(output)).as("no row twice").hasSize(output.size());
        assertThat(output.stream().filter(rowsBeforeThisJob::contains).toList())
                .as("rows the watermark said were read")
                .isEmpty();
        assertThat(rowsOfDocument().stream()
                        .filter(row -> !rowsInCompletedCheckpoints.contains(row))
                        .toList())
                .as("rows passed by the watermark that are in no completed checkpoint")
                .isEmpty();
        assertThat(coordination.unfinishedSplits())
                .as("bounded work")
                .isLessThanOrEqualTo(2 * (6 + table.largestFile() / 2 + 1));
    }

    private boolean settled() {
        return rowsOfDocument().size() == table.rowsCommitted()
                && !coordination.acknowledgements().outstanding()
                && fromWorker.isEmpty()
                && coordination.unfinishedSplits() == 0
                && readers.stream()
                        .allMatch(reader -> reader.splits.isEmpty()
                                && reader.toCoordinator.isEmpty()
                                && reader.toReader.isEmpty()
                                && reader.unconfirmed.ids().isEmpty());
    }

    private List<Long> output() {
        List<Long> output = new ArrayList<>(outputOfGoneReaders);
        readers.forEach(reader -> output.addAll(reader.output));
        return output;
    }

    private TreeSet<Long> rowsLeftForThisJob() {
        TreeSet<Long> rows = new TreeSet<>();
        for (long row = 0; row < table.rowsCommitted(); row++) {
            rows.add(row);
        }
        rows.removeAll(rowsBeforeThisJob);
        return rows;
    }

    /** Rows of the deltas that the subscription's document says are read. */
    private Set<Long> rowsOfDocument() {
        try {
            Progress progress =
                    WatermarkDocument.of("ns.t", server.watermark()).progress().orElse(Progress.none());
            Set<Long> rows = new HashSet<>();
            progress.partitions().forEach((partition, read) -> rows.addAll(table.rowsCovered(partition, read)));
            return rows;
        } catch (CorruptStateException e) {
            throw new AssertionError(e);
        }
    }

    private String describe() {
        return "document %d of %d rows, outstanding=%s worker=%d unfinished=%d readers=%s"
                .formatted(
                        rowsOfDocument().size(),
                        table.rowsCommitted(),
                        coordination.acknowledgements().outstanding(),
                        fromWorker.size(),
                        coordination.unfinishedSplits(),
                        readers.stream()
                                .map(reader -> reader.splits.size() + "/" + reader.toCoordinator.size() + "/"
                                        + reader.toReader.size() + "/" + reader.unconfirmed.ids())
                                .toList());
    }

    private void label(String label) {
        labels.add(label);
    }
}
