package io.deltacat.format.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltacat.format.FormatException;
import io.deltacat.format.file.BatchReader;
import io.deltacat.format.file.FileAppender;
import io.deltacat.format.file.FileFormat;
import io.deltacat.format.file.InputFile;
import io.deltacat.format.file.OutputFile;
import io.deltacat.format.file.ReadOptions;
import io.deltacat.format.file.RowAccessor;
import io.deltacat.format.file.WriteOptions;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class FormatRegistryTest {
    private static final FormatRegistry BUILT_IN = FormatRegistry.builtIn();

    @ParameterizedTest
    @EnumSource(value = ContentType.class, mode = EnumSource.Mode.EXCLUDE, names = "LANCE")
    void everySpellingIsUnderstood(ContentType type) {
        for (String name : type.names()) {
            if (type.artifact().isEmpty()) {
                FileFormat format = BUILT_IN.format(name.toUpperCase(Locale.ROOT));
                assertThat(format.name()).isEqualTo(type.wireName());
                assertThat(format.extension()).startsWith(type.extension());
                assertThat(format.extension().endsWith(".gz"))
                        .isEqualTo(format.contentEncoding().isPresent());
            } else {
                assertThatThrownBy(() -> BUILT_IN.format(name))
                        .isInstanceOf(FormatException.UnsupportedFormat.class)
                        .hasMessageContaining(
                                "Add the artifact " + type.artifact().get());
            }
        }
    }

    @Test
    void fileNamesSuggestAFormat() {
        assertThat(BUILT_IN.formatOfPath("s3://b/w-1-output.csv.gz").name()).isEqualTo("csv");
        assertThat(BUILT_IN.formatOfPath("/d/OUTPUT.TSV").name()).isEqualTo("tsv");
        assertThat(BUILT_IN.formatOfPath("a.feather").name()).isEqualTo("feather");
        assertThatThrownBy(() -> BUILT_IN.formatOfPath("a.orc")).hasMessageContaining("deltacat-format-orc");
        assertThatThrownBy(() -> BUILT_IN.formatOfPath("a.bin")).hasMessageContaining("Expected one of");
    }

    @Test
    void unknownNamesAreRefusedWithTheKnownOnes() {
        assertThatThrownBy(() -> BUILT_IN.format("mixed"))
                .isInstanceOf(FormatException.UnsupportedFormat.class)
                .hasMessageContaining(
                        "Format 'mixed' is not available. Expected one of [application/x-amzn-unescaped-tsv,");
        assertThat(BUILT_IN.find("mixed")).isEmpty();
    }

    @Test
    void lanceIsRefusedWithAWayOut() {
        assertThatThrownBy(() -> BUILT_IN.format("lance"))
                .isInstanceOf(FormatException.UnsupportedFormat.class)
                .hasMessageContaining("native library")
                .hasMessageContaining("Python client");
        assertThatThrownBy(() -> BUILT_IN.formatOfPath("a/b.lance")).hasMessageContaining("native library");
    }

    @Test
    void furtherFormatsAreServices(@TempDir Path directory) throws IOException {
        try (URLClassLoader loader = offering(directory, OrcLike.class)) {
            FormatRegistry registry = FormatRegistry.load(loader);
            assertThat(registry.format("application/orc")).isInstanceOf(OrcLike.class);
            assertThat(registry.formatOfPath("x.orc")).isInstanceOf(OrcLike.class);
            assertThat(registry.names()).contains("orc", "parquet").doesNotContain("lance");
        }
    }

    @Test
    void twoFormatsOfOneNameAreRefused(@TempDir Path directory) throws IOException {
        try (URLClassLoader loader = offering(directory, OrcLike.class, OtherOrcLike.class)) {
            assertThatThrownBy(() -> FormatRegistry.load(loader))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("Remove one of the artifacts");
        }
    }

    private static URLClassLoader offering(Path directory, Class<?>... formats) throws IOException {
        Path services = Files.createDirectories(directory.resolve("META-INF/services"));
        StringBuilder names = new StringBuilder();
        for (Class<?> format : formats) {
            names.append(format.getName()).append('\n');
        }
        Files.writeString(services.resolve(FileFormat.class.getName()), names);
        URL[] urls = {directory.toUri().toURL()};
        return new URLClassLoader(urls, FormatRegistryTest.class.getClassLoader());
    }

    /** Stands for a format of another artifact. */
    public static class OrcLike implements FileFormat {
        @Override
        public String name() {
            return "orc";
        }

        @Override
        public String extension() {
            return ".orc";
        }

        @Override
        public BatchReader openReader(InputFile file, ReadOptions options) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <R> FileAppender<R> openAppender(
                OutputFile file, Schema schema, RowAccessor<R> rows, WriteOptions options) {
            throw new UnsupportedOperationException();
        }
    }

    /** Stands for a second artifact with the same format. */
    public static final class OtherOrcLike extends OrcLike {}
}
