package io.deltacat.flink.sink.commit;

import java.io.IOException;
import org.apache.flink.annotation.Internal;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** Bytes of {@link WrittenFiles}, as they travel from writers to the aggregator. Stateless. */
@Internal
public final class WrittenFilesSerializer implements SimpleVersionedSerializer<WrittenFiles> {
    private static final int VERSION = 1;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(WrittenFiles files) throws IOException {
        return StateBytes.write(out -> {
            StateBytes.target(out, files.target());
            StateBytes.entries(out, files.entries());
        });
    }

    @Override
    public WrittenFiles deserialize(int version, byte[] serialized) throws IOException {
        return StateBytes.read(
                "written files",
                version,
                VERSION,
                serialized,
                in -> new WrittenFiles(StateBytes.target(in), StateBytes.entries(in)));
    }
}
