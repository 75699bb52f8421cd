package io.deltacat.flink.sink.commit;

import io.deltacat.client.TableRef;
import io.deltacat.client.model.WriteEntry;
import io.deltacat.client.model.WriteEntryBuilder;
import io.deltacat.flink.sink.CheckpointNotCommitted;
import io.deltacat.flink.sink.CheckpointNotPrepared;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;

/**
 * A sink and the Flink around it: barriers, snapshots, completions that are lost or repeated, aborted checkpoints, crashes
 * and restores. The sink's own decisions are the real ones; only files, Flink and the server are small models.
 *
 * <p>Oracle: the source's rows are numbered. A file holds a range of them. At any time no row may be visible twice, and a
 * transaction shows the files of exactly one whole checkpoint. At the end every row is visible once.
 */
final class SinkWorld {
    private static final long MILLIS = 1_000_000L;
    private static final PreparedCheckpointSerializer SERIALIZER = new PreparedCheckpointSerializer();

    /** What survives a crash. */
    private record Snapshot(long checkpointId, long nextRow, SortedMap<Long, List<byte[]>> committables) {}

    private final Sim sim;
    private final InMemoryTransactions server;
    private final FaultyTransactions network;
    private final DeltaMode mode;
    private final long rowsToWrite;
    private final boolean calm;
    private final Pauses pauses;
    private final Map<String, long[]> rowsOfFile = new LinkedHashMap<>();
    private final Map<String, Long> checkpointOfFile = new LinkedHashMap<>();
    private final Map<String, Set<String>> filesOfCommit = new LinkedHashMap<>();

    // What survives crashes.
    private Snapshot restorePoint = new Snapshot(0, 0, new TreeMap<>());
    private long lastCheckpointId;
    private int attempt;
    private int filesMade;

    // The running job; gone with a crash.
    private long nextRow;
    private List<WrittenFiles> open = new ArrayList<>();
    private CheckpointResults results = new CheckpointResults(0);
    private SortedMap<Long, List<PreparedCheckpoint>> pending = new TreeMap<>();
    private long restoredId;

    private int crashes;
    private int stagings;

    SinkWorld(
            Sim sim,
            InMemoryTransactions server,
            IntFunction<Optional<Fault>> faults,
            DeltaMode mode,
            long rowsToWrite,
            boolean calm) {
        this.sim = sim;
        this.pauses = sim.pauses();
        this.server = server;
        this.network = new FaultyTransactions(sim, server, faults);
        this.mode = mode;
        this.rowsToWrite = rowsToWrite;
        this.calm = calm;
        sim.check(this::noRowTwiceAndNoPartialCheckpoint);
    }

    int requests() {
        return network.requests();
    }

    int crashes() {
        return crashes;
    }

    int stagings() {
        return stagings;
    }

    long run(int maxEvents) {
        startAttempt();
        return sim.runUntil(this::everythingVisible, maxEvents);
    }

    private void startAttempt() {
        attempt++;
        int current = attempt;
        nextRow = restorePoint.nextRow();
        open = new ArrayList<>();
        restoredId = restorePoint.checkpointId();
        results = new CheckpointResults(restoredId);
        pending = new TreeMap<>();
        restorePoint
                .committables()
                .forEach((id, list) ->
                        pending.put(id, list.stream().map(SinkWorld::read).toList()));
        event(5, current, "recommit after restore", () -> commitUpTo(restoredId));
        scheduleWrite(current);
        scheduleBarrier(current);
    }

    /** An event of one attempt of the job: ignored once that attempt is gone; a crash inside starts the next attempt. */
    private void event(long millis, int ofAttempt, String label, Runnable body) {
        sim.after(millis * MILLIS, label, () -> {
            if (ofAttempt != attempt) {
                return;
            }
            try {
                body.run();
            } catch (FaultyTransactions.Crash | CheckpointNotPrepared | CheckpointNotCommitted e) {
                sim.note("job failed: " + e.getMessage());
                crashes++;
                attempt++;
                sim.after(50 * MILLIS, "restart", this::startAttempt);
            }
        });
    }

    private RandomGenerator dice() {
        return sim.random("flink");
    }

    private boolean chance(int percent) {
        return !calm && dice().nextInt(100) < percent;
    }

    private void scheduleWrite(int current) {
        event(calm ? 20 : 5 + dice().nextInt(40), current, "write", () -> {
            if (nextRow < rowsToWrite) {
                writeFile();
            }
            scheduleWrite(current);
        });
    }

    private void writeFile() {
        long until = Math.min(rowsToWrite, nextRow + 1 + (calm ? 2 : dice().nextInt(4)));
        String table = filesMade % 2 == 0 ? "orders" : "lines";
        String path = "/data/" + table + "/f-" + filesMade++ + ".parquet";
        rowsOfFile.put(path, new long[] {nextRow, until});
        nextRow = until;
        WriteEntry entry = WriteEntryBuilder.builder()
                .path(path)
                .columnStats(Map.of())
                .recordCount(1L)
                .build();
        open.add(new WrittenFiles(new DeltaTarget(TableRef.of("sales", table), mode, "parquet", 0), List.of(entry)));
    }

    private void scheduleBarrier(int current) {
        event(calm ? 50 : 30 + dice().nextInt(60), current, "barrier", () -> {
            barrier(current);
            scheduleBarrier(current);
        });
    }

    private void barrier(int current) {
        long id = ++lastCheckpointId;
        List<WrittenFiles> files = open;
        open = new ArrayList<>();
        results.announce(id);
        files.forEach(file -> results.add(id, file));
        files.forEach(file -> checkpointOfFile.put(file.entries().get(0).path(), id));
        if (chance(10)) {
            sim.note("checkpoint " + id + " aborted before the aggregator's barrier");
            return;
        }
        PrepareLoop prepare = new PrepareLoop(
                network,
                pauses,
                Duration.ofSeconds(20),
                new CommitOrigin("sink", "job", CommitOrigin.DEFAULT_MESSAGE),
                false,
                () -> "commit-" + sim.random("ids").nextLong());
        results.takeUpTo(id).forEach((checkpointId, written) -> {
            try {
                prepare.prepare(checkpointId, written).ifPresent(prepared -> {
                    pending.computeIfAbsent(checkpointId, key -> new ArrayList<>())
                            .add(prepared);
                    filesOfCommit.put(prepared.commitId(), paths(prepared));
                });
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        Snapshot snapshot = snapshot(id);
        if (chance(15)) {
            sim.note("checkpoint " + id + " aborted after the barrier");
            return;
        }
        sim.after((calm ? 1 : dice().nextInt(80)) * MILLIS, "complete " + id, () -> complete(current, snapshot));
    }

    private void complete(int current, Snapshot snapshot) {
        // The coordinator declines checkpoints of an attempt that failed.
        if (current != attempt || snapshot.checkpointId() <= restorePoint.checkpointId()) {
            return;
        }
        restorePoint = snapshot;
        if (chance(20)) {
            sim.note("notification of " + snapshot.checkpointId() + " lost");
            return;
        }
        event(1, current, "notify " + snapshot.checkpointId(), () -> commitUpTo(snapshot.checkpointId()));
        if (chance(20)) {
            event(3, current, "notify again " + snapshot.checkpointId(), () -> commitUpTo(snapshot.checkpointId()));
        }
    }

    private void commitUpTo(long checkpointId) {
        CommitLoop loop = new CommitLoop(network, pauses, Duration.ofSeconds(20));
        SortedMap<Long, List<PreparedCheckpoint>> due = pending.headMap(checkpointId + 1);
        while (!due.isEmpty()) {
            long id = due.firstKey();
            for (PreparedCheckpoint prepared : due.get(id)) {
                try {
                    stagings += loop.commit(prepared, id <= restoredId).stagings();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
            due.remove(id);
        }
    }

    private Snapshot snapshot(long id) {
        SortedMap<Long, List<byte[]>> committables = new TreeMap<>();
        pending.forEach((key, list) ->
                committables.put(key, list.stream().map(SinkWorld::write).toList()));
        return new Snapshot(id, nextRow, committables);
    }

    private static byte[] write(PreparedCheckpoint prepared) {
        try {
            return SERIALIZER.serialize(prepared);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PreparedCheckpoint read(byte[] bytes) {
        try {
            return SERIALIZER.deserialize(SERIALIZER.getVersion(), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> paths(PreparedCheckpoint prepared) {
        Set<String> paths = new LinkedHashSet<>();
        prepared.deltas().forEach(delta -> delta.entries().forEach(entry -> paths.add(entry.path())));
        return paths;
    }

    private boolean everythingVisible() {
        return visibleRows().size() == rowsToWrite;
    }

    private Set<Long> visibleRows() {
        Set<Long> rows = new LinkedHashSet<>();
        for (InMemoryTransactions.Commit commit : server.commits()) {
            for (List<String> paths : commit.files().values()) {
                for (String path : paths) {
                    long[] range = rowsOfFile.get(path);
                    for (long row = range[0]; row < range[1]; row++) {
                        if (!rows.add(row)) {
                            throw new AssertionError("row " + row + " is visible twice, second in " + path);
                        }
                    }
                }
            }
        }
        return rows;
    }

    private void noRowTwiceAndNoPartialCheckpoint() {
        visibleRows();
        for (InMemoryTransactions.Commit commit : server.commits()) {
            Set<String> shown = new LinkedHashSet<>();
            commit.files().values().forEach(shown::addAll);
            if (!filesOfCommit.containsValue(shown)) {
                throw new AssertionError("transaction " + commit.transactionId() + " shows " + shown
                        + ", which is not one prepared checkpoint");
            }
            Set<Long> checkpoints = new LinkedHashSet<>();
            shown.forEach(path -> checkpoints.add(checkpointOfFile.get(path)));
            if (checkpoints.size() != 1) {
                throw new AssertionError("transaction " + commit.transactionId() + " mixes checkpoints " + checkpoints);
            }
        }
    }
}
