package io.deltacat.flink.source.split;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** State bytes as released versions wrote them. With {@code -Dgolden.write=true} a missing file is written. */
public final class GoldenFiles {
    private static final Path DIRECTORY = Path.of("src/test/resources/golden/source");

    private GoldenFiles() {}

    /** Returns the bytes of a golden file. */
    public static byte[] read(String name) throws IOException {
        try (InputStream in = GoldenFiles.class.getResourceAsStream("/golden/source/" + name)) {
            assertThat(in).as("golden file %s", name).isNotNull();
            return in.readAllBytes();
        }
    }

    /** Writes a golden file that is not there yet, if asked to. */
    public static void writeIfMissing(String name, byte[] bytes) throws IOException {
        Path file = DIRECTORY.resolve(name);
        if (Boolean.getBoolean("golden.write") && !Files.exists(file)) {
            Files.createDirectories(DIRECTORY);
            Files.write(file, bytes);
        }
    }
}
