package io.deltacat.flink.sink.commit;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.Set;
import org.apache.flink.annotation.Internal;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** Bytes of {@link PreparedCheckpoint} in checkpoint state. Stateless. */
@Internal
public final class PreparedCheckpointSerializer implements SimpleVersionedSerializer<PreparedCheckpoint> {
    private static final int VERSION = 2;

    /** Version without the message. */
    private static final int WITHOUT_MESSAGE = 1;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(PreparedCheckpoint checkpoint) throws IOException {
        return StateBytes.write(out -> {
            StateBytes.text(out, checkpoint.sinkId());
            out.writeLong(checkpoint.checkpointId());
            StateBytes.text(out, checkpoint.commitId());
            StateBytes.text(out, checkpoint.message());
            StateBytes.transaction(out, checkpoint.transaction());
            out.writeInt(checkpoint.deltas().size());
            for (StagedDelta delta : checkpoint.deltas()) {
                StateBytes.target(out, delta.target());
                StateBytes.text(out, delta.sessionId());
                StateBytes.text(out, delta.operationId());
                StateBytes.entries(out, delta.entries());
            }
        });
    }

    @Override
    public PreparedCheckpoint deserialize(int version, byte[] serialized) throws IOException {
        return StateBytes.read("prepared checkpoint", version, VERSION, serialized, in -> read(version, in));
    }

    private static PreparedCheckpoint read(int version, DataInputStream in) throws IOException {
        String sinkId = StateBytes.text(in);
        long checkpointId = in.readLong();
        String commitId = StateBytes.text(in);
        String message = version == WITHOUT_MESSAGE
                ? new CommitOrigin(sinkId, "", CommitOrigin.DEFAULT_MESSAGE).message(checkpointId, commitId, Set.of())
                : StateBytes.text(in);
        return new PreparedCheckpoint(
                sinkId,
                checkpointId,
                commitId,
                message,
                StateBytes.transaction(in),
                StateBytes.list(
                        in,
                        delta -> new StagedDelta(
                                StateBytes.target(delta),
                                StateBytes.text(delta),
                                StateBytes.text(delta),
                                StateBytes.entries(delta))));
    }
}
