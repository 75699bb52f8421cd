package io.deltacat.flink.source.enumerator;

import io.deltacat.flink.source.codec.CorruptStateException;
import io.deltacat.flink.source.codec.StateInput;
import io.deltacat.flink.source.codec.StateOutput;
import io.deltacat.flink.source.enumerator.DeltaCatEnumeratorState.Discovery;
import io.deltacat.flink.source.feed.Backfill;
import io.deltacat.flink.source.feed.DeltaKind;
import io.deltacat.flink.source.feed.DeltaRef;
import io.deltacat.flink.source.feed.FeedCursor;
import io.deltacat.flink.source.feed.Handover;
import io.deltacat.flink.source.feed.PartialDelta;
import io.deltacat.flink.source.feed.PartitionCursor;
import io.deltacat.flink.source.feed.PartitionRef;
import io.deltacat.flink.source.feed.PositionSet;
import io.deltacat.flink.source.progress.Fingerprint;
import io.deltacat.flink.source.progress.OpenDelta;
import io.deltacat.flink.source.split.DeltaCatSplit;
import io.deltacat.flink.source.split.DeltaCatSplitSerializer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.annotation.Internal;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes enumerator states into checkpoints. Version 1: table, source id, discovery-complete flag, cursor (flag, partitions,
 * unfinished delta, pinned snapshot), splits, open deltas, fingerprint. Positions of add deltas are written as ascending
 * differences, at most nine bytes each. Version 2 adds how a pinned snapshot is read, handovers, and splits of version 2. Version 3
 * has splits of version 3. Stateless and thread-safe.
 */
@Internal
public final class DeltaCatEnumeratorStateSerializer implements SimpleVersionedSerializer<DeltaCatEnumeratorState> {
    private static final int VERSION = 3;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(DeltaCatEnumeratorState state) {
        StateOutput out = new StateOutput();
        out.writeText(state.table());
        out.writeText(state.sourceId());
        out.writeBoolean(state.discovery() == Discovery.COMPLETE);
        FeedCursor cursor = state.cursor();
        out.writeBoolean(cursor != null);
        if (cursor != null) {
            writeCursor(cursor, out);
        }
        out.writeLong(state.waiting().size());
        for (DeltaCatSplit split : state.waiting()) {
            DeltaCatSplitSerializer.write(split, out);
        }
        out.writeLong(state.openDeltas().size());
        for (OpenDelta delta : state.openDeltas()) {
            writeOpenDelta(delta, out);
        }
        Fingerprint lastSeen = state.lastSeen();
        out.writeText(lastSeen == null ? null : lastSeen.shared());
        out.writeText(lastSeen == null ? null : lastSeen.own());
        return out.toByteArray();
    }

    @Override
    public DeltaCatEnumeratorState deserialize(int version, byte[] serialized) throws IOException {
        StateInput in = new StateInput("a source enumerator", serialized);
        if (version < 1 || version > VERSION) {
            throw in.corrupt("has version %d, and this release reads versions 1 to %d".formatted(version, VERSION));
        }
        try {
            DeltaCatEnumeratorState state = read(version, in);
            in.end();
            return state;
        } catch (IllegalArgumentException e) {
            throw in.corrupt("holds an impossible value: " + e.getMessage());
        }
    }

    private static DeltaCatEnumeratorState read(int version, StateInput in) throws CorruptStateException {
        String table = in.readText();
        String sourceId = in.readText();
        Discovery discovery = in.readBoolean() ? Discovery.COMPLETE : Discovery.GOING_ON;
        FeedCursor cursor = in.readBoolean() ? readCursor(version, in) : null;
        int splitCount = in.readCount(10);
        List<DeltaCatSplit> splits = new ArrayList<>(splitCount);
        for (int i = 0; i < splitCount; i++) {
            splits.add(DeltaCatSplitSerializer.read(version, in));
        }
        int deltaCount = in.readCount(7);
        List<OpenDelta> deltas = new ArrayList<>(deltaCount);
        for (int i = 0; i < deltaCount; i++) {
            deltas.add(readOpenDelta(in));
        }
        String shared = in.readOptionalText();
        String own = in.readOptionalText();
        Fingerprint lastSeen = shared == null || own == null ? null : new Fingerprint(shared, own);
        return new DeltaCatEnumeratorState(table, sourceId, cursor, discovery, splits, deltas, lastSeen);
    }

    private static void writeCursor(FeedCursor cursor, StateOutput out) {
        writePartitions(cursor.partitions(), out);
        PartialDelta partial = cursor.partial();
        out.writeBoolean(partial != null);
        if (partial != null) {
            writeDelta(partial.delta(), partial.kind(), out);
            out.writeLong(partial.filesSeen());
        }
        Backfill backfill = cursor.backfill();
        out.writeBoolean(backfill != null);
        if (backfill != null) {
            out.writeLong(backfill.asOfNanos());
            out.writeLong(backfill.fileOffset());
            writePartitions(backfill.base(), out);
            out.writeByte((byte) backfill.way().ordinal());
            writeOptional(backfill.mergedUpTo(), out);
        }
        out.writeLong(cursor.handovers().size());
        for (Handover handover : cursor.handovers()) {
            writeOptional(handover.from(), out);
            writePartition(handover.read(), out);
            writeOptional(handover.to(), out);
        }
    }

    private static void writeOptional(@Nullable PartitionRef partition, StateOutput out) {
        out.writeText(partition == null ? null : partition.streamId());
        out.writeText(partition == null ? null : partition.partitionId());
    }

    private static @Nullable PartitionRef readOptional(StateInput in) throws CorruptStateException {
        String stream = in.readOptionalText();
        String partition = in.readOptionalText();
        return stream == null || partition == null ? null : new PartitionRef(stream, partition);
    }

    private static FeedCursor readCursor(int version, StateInput in) throws CorruptStateException {
        SortedMap<PartitionRef, PartitionCursor> partitions = readPartitions(in);
        PartialDelta partial = null;
        if (in.readBoolean()) {
            DeltaRef delta = readDelta(in);
            partial = new PartialDelta(delta, readKind(in), in.readInt());
        }
        Backfill backfill = in.readBoolean() ? readBackfill(version, in) : null;
        return new FeedCursor(partitions, partial, backfill, version == 1 ? List.of() : readHandovers(in));
    }

    private static Backfill readBackfill(int version, StateInput in) throws CorruptStateException {
        long asOf = in.readLong();
        long offset = in.readLong();
        SortedMap<PartitionRef, PartitionCursor> base = readPartitions(in);
        if (version == 1) {
            return new Backfill(asOf, offset, base);
        }
        byte way = in.readByte();
        if (way < 0 || way >= Backfill.Way.values().length) {
            throw in.corrupt("reads its snapshot in way %d, which this release does not know".formatted(way));
        }
        return new Backfill(asOf, offset, base, Backfill.Way.values()[way], readOptional(in));
    }

    private static List<Handover> readHandovers(StateInput in) throws CorruptStateException {
        int count = in.readCount(6);
        List<Handover> handovers = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            PartitionRef from = readOptional(in);
            PartitionCursor read = readPartition(in);
            if (from == null) {
                throw in.corrupt("has a handover from no partition");
            }
            handovers.add(new Handover(from, read, readOptional(in)));
        }
        return handovers;
    }

    private static void writePartitions(SortedMap<PartitionRef, PartitionCursor> partitions, StateOutput out) {
        out.writeLong(partitions.size());
        partitions.forEach((partition, known) -> {
            out.writeText(partition.streamId());
            out.writeText(partition.partitionId());
            writePartition(known, out);
        });
    }

    private static void writePartition(PartitionCursor known, StateOutput out) {
        out.writeLong(known.orderedPosition());
        PositionSet adds = known.adds();
        out.writeLong(adds.size());
        long before = 0;
        for (int i = 0; i < adds.size(); i++) {
            out.writeLong(adds.at(i) - before);
            before = adds.at(i);
        }
    }

    private static PartitionCursor readPartition(StateInput in) throws CorruptStateException {
        long ordered = in.readLong();
        long[] adds = new long[in.readCount(1)];
        long before = 0;
        for (int i = 0; i < adds.length; i++) {
            before += in.readLong();
            adds[i] = before;
        }
        return new PartitionCursor(ordered, PositionSet.of(adds));
    }

    private static SortedMap<PartitionRef, PartitionCursor> readPartitions(StateInput in) throws CorruptStateException {
        SortedMap<PartitionRef, PartitionCursor> partitions = new TreeMap<>();
        int count = in.readCount(6);
        for (int i = 0; i < count; i++) {
            PartitionRef partition = new PartitionRef(in.readText(), in.readText());
            partitions.put(partition, readPartition(in));
        }
        return partitions;
    }

    private static void writeOpenDelta(OpenDelta open, StateOutput out) {
        writeDelta(open.delta(), open.kind(), out);
        out.writeLong(open.splits());
        out.writeBoolean(open.complete());
        out.writeLong(open.pending().size());
        int before = 0;
        for (int ordinal : open.pending()) {
            out.writeLong(ordinal - before);
            before = ordinal;
        }
    }

    private static OpenDelta readOpenDelta(StateInput in) throws CorruptStateException {
        DeltaRef delta = readDelta(in);
        DeltaKind kind = readKind(in);
        int splits = in.readInt();
        boolean complete = in.readBoolean();
        int count = in.readCount(1);
        SortedSet<Integer> pending = new TreeSet<>();
        int before = 0;
        for (int i = 0; i < count; i++) {
            before += in.readInt();
            pending.add(before);
        }
        return new OpenDelta(delta, kind, splits, complete, pending);
    }

    private static void writeDelta(DeltaRef delta, DeltaKind kind, StateOutput out) {
        out.writeText(delta.partition().streamId());
        out.writeText(delta.partition().partitionId());
        out.writeLong(delta.position());
        out.writeByte(kind.code());
    }

    private static DeltaRef readDelta(StateInput in) throws CorruptStateException {
        return new DeltaRef(new PartitionRef(in.readText(), in.readText()), in.readLong());
    }

    private static DeltaKind readKind(StateInput in) throws CorruptStateException {
        byte code = in.readByte();
        return DeltaKind.ofCode(code)
                .orElseThrow(() -> in.corrupt("has delta kind %d, which this release does not know".formatted(code)));
    }
}
