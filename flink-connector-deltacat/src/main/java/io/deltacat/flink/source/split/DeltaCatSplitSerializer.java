package io.deltacat.flink.source.split;

import io.deltacat.flink.source.codec.CorruptStateException;
import io.deltacat.flink.source.codec.StateInput;
import io.deltacat.flink.source.codec.StateOutput;
import io.deltacat.flink.source.feed.DeltaKind;
import io.deltacat.flink.source.feed.DeltaRef;
import io.deltacat.flink.source.feed.PartitionRef;
import io.deltacat.flink.source.feed.SourceFile;
import java.io.IOException;
import org.apache.flink.annotation.Internal;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Writes splits into checkpoints. Version 1: stream id, partition id, position, kind code, ordinal, path, format, encoding,
 * content length, record count + 1, schema id or null, first row, row count + 1 (0 = to the end), rows read, finished flag.
 * Stateless and thread-safe.
 */
@Internal
public final class DeltaCatSplitSerializer implements SimpleVersionedSerializer<DeltaCatSplit> {
    private static final int VERSION = 1;

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
        if (version != VERSION) {
            throw in.corrupt("has version %d, and this release reads version %d".formatted(version, VERSION));
        }
        DeltaCatSplit split = read(in);
        in.end();
        return split;
    }

    /**
     * Writes a split as part of another state, in version 1.
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
        out.writeText(split.file().path());
        out.writeText(split.file().format());
        out.writeText(split.file().encoding());
        out.writeLong(split.file().contentLength());
        out.writeLong(split.file().recordCount() + 1);
        out.writeText(split.file().schemaId());
        out.writeLong(split.firstRow());
        out.writeLong(split.rowCount() == DeltaCatSplit.TO_END ? 0 : split.rowCount() + 1);
        out.writeLong(split.rowsRead());
        out.writeBoolean(split.state() == DeltaCatSplit.SplitState.FINISHED);
    }

    /**
     * Reads a split that is part of another state, in version 1.
     *
     * @param in where from
     * @return the split
     * @throws CorruptStateException when the bytes are not one
     */
    public static DeltaCatSplit read(StateInput in) throws CorruptStateException {
        try {
            DeltaRef delta = new DeltaRef(new PartitionRef(in.readText(), in.readText()), in.readLong());
            byte code = in.readByte();
            DeltaKind kind = DeltaKind.ofCode(code)
                    .orElseThrow(
                            () -> in.corrupt("has delta kind %d, which this release does not know".formatted(code)));
            int ordinal = in.readInt();
            String path = in.readText();
            String format = in.readText();
            String encoding = in.readText();
            SourceFile file =
                    new SourceFile(path, format, encoding, in.readLong(), in.readLong() - 1, in.readOptionalText());
            long firstRow = in.readLong();
            long countPlusOne = in.readLong();
            return new DeltaCatSplit(
                    delta,
                    kind,
                    ordinal,
                    file,
                    firstRow,
                    countPlusOne == 0 ? DeltaCatSplit.TO_END : countPlusOne - 1,
                    in.readLong(),
                    in.readBoolean() ? DeltaCatSplit.SplitState.FINISHED : DeltaCatSplit.SplitState.READING);
        } catch (IllegalArgumentException e) {
            throw in.corrupt("holds an impossible value: " + e.getMessage());
        }
    }
}
