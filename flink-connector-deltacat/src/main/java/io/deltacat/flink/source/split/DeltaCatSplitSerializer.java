package io.deltacat.flink.source.split;

import io.deltacat.flink.source.codec.CorruptStateException;
import io.deltacat.flink.source.codec.StateInput;
import io.deltacat.flink.source.codec.StateOutput;
import io.deltacat.flink.source.feed.DeltaKind;
import io.deltacat.flink.source.feed.DeltaRef;
import io.deltacat.flink.source.feed.EventTimeColumn;
import io.deltacat.flink.source.feed.MergedFile;
import io.deltacat.flink.source.feed.PartitionRef;
import io.deltacat.flink.source.feed.SourceFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.annotation.Internal;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Writes splits into checkpoints. Version 1: stream id, partition id, position, kind code, ordinal, path, format, encoding,
 * content length, record count + 1, schema id or null, first row, row count + 1 (0 = to the end), rows read, finished flag.
 * Version 2 adds the files to merge: count, then kind code, position, equality columns and file of each. Version 3 adds to each file
 * whether its earliest event time is known, and that time. Stateless and thread-safe.
 */
@Internal
public final class DeltaCatSplitSerializer implements SimpleVersionedSerializer<DeltaCatSplit> {
    private static final int VERSION = 3;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(DeltaCatSplit split) {
        StateOutput out = new StateOutput();
        write(split, out);
        return out.toByteArray();
    }

    @Override
    public DeltaCatSplit deserialize(int version, byte[] serialized) throws IOException {
        StateInput in = new StateInput("a source split", serialized);
        if (version < 1 || version > VERSION) {
            throw in.corrupt("has version %d, and this release reads versions 1 to %d".formatted(version, VERSION));
        }
        DeltaCatSplit split = read(version, in);
        in.end();
        return split;
    }

    /**
     * Writes a split as part of another state, in version 3.
     *
     * @param split the split
     * @param out where to
     */
    public static void write(DeltaCatSplit split, StateOutput out) {
        out.writeText(split.delta().partition().streamId());
        out.writeText(split.delta().partition().partitionId());
        out.writeLong(split.delta().position());
        out.writeByte(split.kind().code());
        out.writeLong(split.ordinal());
        write(split.file(), out);
        out.writeLong(split.firstRow());
        out.writeLong(split.rowCount() == DeltaCatSplit.TO_END ? 0 : split.rowCount() + 1);
        out.writeLong(split.rowsRead());
        out.writeBoolean(split.state() == DeltaCatSplit.SplitState.FINISHED);
        out.writeLong(split.merged().size());
        for (MergedFile part : split.merged()) {
            out.writeByte(part.kind().code());
            out.writeLong(part.position());
            out.writeLong(part.equalityColumns().size());
            part.equalityColumns().forEach(out::writeText);
            write(part.file(), out);
        }
    }

    private static void write(SourceFile file, StateOutput out) {
        out.writeText(file.path());
        out.writeText(file.format());
        out.writeText(file.encoding());
        out.writeLong(file.contentLength());
        out.writeLong(file.recordCount() + 1);
        out.writeText(file.schemaId());
        boolean timeKnown = file.earliestEventTime() != EventTimeColumn.UNKNOWN;
        out.writeBoolean(timeKnown);
        if (timeKnown) {
            out.writeLong(file.earliestEventTime());
        }
    }

    /**
     * Reads a split that is part of another state.
     *
     * @param version version of the split's format
     * @param in where from
     * @return the split
     * @throws CorruptStateException when the bytes are not one
     */
    public static DeltaCatSplit read(int version, StateInput in) throws CorruptStateException {
        try {
            DeltaRef delta = new DeltaRef(new PartitionRef(in.readText(), in.readText()), in.readLong());
            DeltaKind kind = readKind(in);
            int ordinal = in.readInt();
            SourceFile file = readFile(version, in);
            long firstRow = in.readLong();
            long countPlusOne = in.readLong();
            long rowsRead = in.readLong();
            DeltaCatSplit.SplitState state =
                    in.readBoolean() ? DeltaCatSplit.SplitState.FINISHED : DeltaCatSplit.SplitState.READING;
            return new DeltaCatSplit(
                    delta,
                    kind,
                    ordinal,
                    file,
                    firstRow,
                    countPlusOne == 0 ? DeltaCatSplit.TO_END : countPlusOne - 1,
                    rowsRead,
                    state,
                    version == 1 ? List.of() : readMerged(version, in));
        } catch (IllegalArgumentException e) {
            throw in.corrupt("holds an impossible value: " + e.getMessage());
        }
    }

    private static List<MergedFile> readMerged(int version, StateInput in) throws CorruptStateException {
        int count = in.readCount(8);
        List<MergedFile> merged = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            DeltaKind kind = readKind(in);
            long position = in.readLong();
            int columnCount = in.readCount(1);
            List<String> columns = new ArrayList<>(columnCount);
            for (int j = 0; j < columnCount; j++) {
                columns.add(in.readText());
            }
            merged.add(new MergedFile(kind, position, columns, readFile(version, in)));
        }
        return merged;
    }

    private static SourceFile readFile(int version, StateInput in) throws CorruptStateException {
        String path = in.readText();
        String format = in.readText();
        String encoding = in.readText();
        long length = in.readLong();
        long records = in.readLong() - 1;
        String schemaId = in.readOptionalText();
        boolean timeKnown = version >= 3 && in.readBoolean();
        return new SourceFile(
                path, format, encoding, length, records, schemaId, timeKnown ? in.readLong() : EventTimeColumn.UNKNOWN);
    }

    private static DeltaKind readKind(StateInput in) throws CorruptStateException {
        byte code = in.readByte();
        return DeltaKind.ofCode(code)
                .orElseThrow(() -> in.corrupt("has delta kind %d, which this release does not know".formatted(code)));
    }
}
