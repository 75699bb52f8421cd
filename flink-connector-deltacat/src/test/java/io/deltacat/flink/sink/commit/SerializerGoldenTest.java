package io.deltacat.flink.sink.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.junit.jupiter.api.Test;

/** Bytes of released state formats. Run with {@code -Dgolden.write=DIRECTORY} to write the files of a new version. */
class SerializerGoldenTest {
    @Test
    void readsPreparedCheckpointsOfEveryVersion() throws IOException {
        check(new PreparedCheckpointSerializer(), "prepared-checkpoint", Checkpoints.twoDeltas());
    }

    @Test
    void readsWrittenFilesOfEveryVersion() throws IOException {
        check(
                new WrittenFilesSerializer(),
                "written-files",
                Checkpoints.files(Checkpoints.LINES, "/data/lines/l-1.parquet", "/data/lines/l-2.parquet"));
    }

    @Test
    void anEmptyResultSurvives() throws IOException {
        WrittenFilesSerializer serializer = new WrittenFilesSerializer();
        WrittenFiles none = new WrittenFiles(Checkpoints.ORDERS, List.of());

        assertThat(serializer.deserialize(1, serializer.serialize(none))).isEqualTo(none);
    }

    private static <T> void check(SimpleVersionedSerializer<T> serializer, String name, T value) throws IOException {
        byte[] written = serializer.serialize(value);
        String target = System.getProperty("golden.write");
        if (target != null) {
            Files.write(Path.of(target, name + "-v" + serializer.getVersion() + ".bin"), written);
        }
        for (int version = 1; version <= serializer.getVersion(); version++) {
            byte[] golden = golden(name + "-v" + version + ".bin");
            assertThat(serializer.deserialize(version, golden)).isEqualTo(value);
            if (version == serializer.getVersion()) {
                assertThat(written).isEqualTo(golden);
            }
        }
        refusesWhatItCannotRead(serializer, written);
    }

    private static <T> void refusesWhatItCannotRead(SimpleVersionedSerializer<T> serializer, byte[] written) {
        int version = serializer.getVersion();
        assertThatThrownBy(() -> serializer.deserialize(version + 1, written))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("version " + (version + 1));
        assertThatThrownBy(() -> serializer.deserialize(version, Arrays.copyOf(written, written.length + 1)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("1 bytes too many");
        for (int length = 0; length < written.length; length++) {
            byte[] truncated = Arrays.copyOf(written, length);
            assertThatThrownBy(() -> serializer.deserialize(version, truncated)).isInstanceOf(IOException.class);
        }
    }

    private static byte[] golden(String name) throws IOException {
        try (InputStream in = SerializerGoldenTest.class.getResourceAsStream("/golden/sink/" + name)) {
            assertThat(in).as("golden file %s", name).isNotNull();
            return in.readAllBytes();
        }
    }
}
