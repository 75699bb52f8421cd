package io.deltacat.server.service;

import io.deltacat.client.model.DeltaType;
import io.deltacat.server.machine.WriteMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a table must hold, kept the simplest way: lists in memory, and numbers in place of ids. A number stands for the same id
 * wherever it shows up. Commits are numbered from 1.
 */
final class SimulatedTable {
    /**
     * A write of one session.
     *
     * @param table index of its table
     * @param mode how it writes
     * @param type kind of its deltas
     * @param files paths by partition
     * @param newStream number of the stream it makes; null if it makes none
     * @param newPartitions numbers of the partitions it makes, as far as its writer knows
     */
    record Write(
            int table,
            WriteMode mode,
            DeltaType type,
            Map<String, List<String>> files,
            @Nullable Integer newStream,
            Map<String, Integer> newPartitions) {}

    /** A delta: position 0 stands for any unordered one. */
    record Delta(DeltaType type, long position, List<String> files) {}

    /** A partition. */
    static final class Partition {
        final int number;
        final @Nullable Integer previous;
        final List<Delta> deltas = new ArrayList<>();
        long ordered;
        long orderedIn;
        long changedIn;

        Partition(int number, @Nullable Integer previous) {
            this.number = number;
            this.previous = previous;
        }
    }

    int stream;

    @Nullable
    Integer previousStream;

    long changedIn;
    final Map<String, Partition> partitions = new TreeMap<>();

    SimulatedTable(int stream) {
        this.stream = stream;
    }

    SimulatedTable copy() {
        SimulatedTable copy = new SimulatedTable(stream);
        copy.previousStream = previousStream;
        copy.changedIn = changedIn;
        partitions.forEach((values, partition) -> {
            Partition twin = new Partition(partition.number, partition.previous);
            twin.deltas.addAll(partition.deltas);
            twin.ordered = partition.ordered;
            twin.orderedIn = partition.orderedIn;
            twin.changedIn = partition.changedIn;
            copy.partitions.put(values, twin);
        });
        return copy;
    }

    /** The numbers of the partitions that a write would make here. */
    Map<String, Integer> madeBy(WriteMode mode, Map<String, List<String>> files, Numbers numbers) {
        Map<String, Integer> made = new HashMap<>();
        for (String values : files.keySet()) {
            if (mode == WriteMode.REPLACE || mode == WriteMode.REPLACE_PARTITION || !partitions.containsKey(values)) {
                made.put(values, numbers.next());
            }
        }
        return made;
    }

    /** Applies a write. */
    void apply(Write write, long commit, Numbers numbers) {
        if (write.newStream() != null) {
            previousStream = stream;
            stream = write.newStream();
            partitions.clear();
            changedIn = 0;
        }
        write.files().forEach((values, files) -> {
            Partition before = partitions.get(values);
            if (before == null || write.mode() == WriteMode.REPLACE_PARTITION) {
                Integer number = write.newPartitions().get(values);
                boolean replaces = write.mode() == WriteMode.REPLACE_PARTITION && before != null;
                partitions.put(
                        values,
                        new Partition(number == null ? numbers.next() : number, replaces ? before.number : null));
            }
            Partition partition = partitions.get(values);
            boolean ordered = write.type().isOrdered();
            partition.deltas.add(new Delta(write.type(), ordered ? ++partition.ordered : 0, files));
            partition.orderedIn = ordered ? commit : partition.orderedIn;
            partition.changedIn = commit;
            changedIn = commit;
        });
    }

    /**
     * Whether writes that saw an earlier state may still be made.
     *
     * @param seen the state they saw
     * @param seenCommit its commit
     * @param writes in order
     */
    boolean conflicts(SimulatedTable seen, long seenCommit, List<Write> writes) {
        for (Write write : writes) {
            boolean replaced = stream != seen.stream;
            if (write.mode() == WriteMode.REPLACE) {
                return replaced || changedIn > seenCommit; // what follows goes into the new stream
            }
            if (write.mode() == WriteMode.ADD || write.files().isEmpty()) {
                continue; // comes anywhere, or brings nothing that could be in the way
            }
            if (replaced) {
                return true;
            }
            for (String values : write.files().keySet()) {
                Partition now = partitions.get(values);
                long since =
                        now == null ? 0 : write.mode() == WriteMode.REPLACE_PARTITION ? now.changedIn : now.orderedIn;
                if (since > seenCommit) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Hands out numbers. */
    static final class Numbers {
        private int last;

        int next() {
            return ++last;
        }
    }
}
