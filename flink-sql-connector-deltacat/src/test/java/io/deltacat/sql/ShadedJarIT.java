package io.deltacat.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltacat.server.LocalServer;
import io.deltacat.server.LocalServerOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in the jar that SQL users copy into Flink's lib directory. */
class ShadedJarIT {

    private static final Path JAR = Path.of(System.getProperty("connector.jar"));

    /** Ours, the one library whose native code needs its names, its natives, and the usual metadata. */
    private static final Pattern EXPECTED = Pattern.compile(
            "io/deltacat/.*|com/github/luben/zstd/.*|" + "(linux|darwin|win)/[^/]+/libzstd-jni-[^/]+|META-INF/.*");

    /** A reference to a library's original name, as class files hold it. */
    private static final Pattern ORIGINAL_NAME =
            Pattern.compile("(?<![A-Za-z0-9_$/])L?((org/apache/(parquet|arrow|avro|hadoop)|de/siegmar|"
                    + "com/fasterxml/jackson|com/google/flatbuffers|io/airlift|okhttp3|okio|kotlin)/[A-Za-z0-9_$/]+)");

    @Test
    void nothingLiesUnderAForeignName() throws IOException {
        assertThat(entries()).isNotEmpty().allSatisfy(name -> assertThat(name).matches(EXPECTED));
    }

    @Test
    void noSignaturesNoModulesNoVersionedClasses() throws IOException {
        assertThat(entries())
                .noneMatch(name -> name.matches("META-INF/[^/]+\\.(SF|DSA|RSA)"))
                .noneMatch(name -> name.endsWith("module-info.class"))
                .noneMatch(name -> name.startsWith("META-INF/versions/"));
    }

    @Test
    void licensesAndTheFactoryEntryAreThere() throws IOException {
        assertThat(entries())
                .contains(
                        "META-INF/LICENSE",
                        "META-INF/NOTICE",
                        "META-INF/licenses/LICENSE.zstd-jni",
                        "META-INF/licenses/LICENSE.fastcsv",
                        "META-INF/services/org.apache.flink.table.factories.Factory");
        assertThat(text("META-INF/NOTICE")).startsWith("DeltaCAT connector for Apache Flink");
        assertThat(text("META-INF/LICENSE")).contains("Apache License");
    }

    @Test
    void ourClassesNameTheMovedLibrariesOnly() throws IOException {
        List<String> leftovers = new ArrayList<>();
        try (JarFile jar = new JarFile(JAR.toFile())) {
            for (JarEntry entry : (Iterable<JarEntry>) jar.stream()::iterator) {
                boolean ours = entry.getName().matches("io/deltacat/(client|format|flink)/.*\\.class");
                Matcher name = ORIGINAL_NAME.matcher(ours ? latin1(jar, entry) : "");
                if (name.find()) {
                    leftovers.add(entry.getName() + " -> " + name.group(1));
                }
            }
        }
        assertThat(leftovers).isEmpty();
    }

    @Test
    void theFactoryIsFoundBesideFlinkAlone(@TempDir Path directory) throws Exception {
        assertThat(new FlinkOnlyJvm(JAR, directory).probe("factories")).contains("deltacat");
    }

    @Test
    void theProcessOfTheseTestsHasNoLibraryUnderItsOwnName(@TempDir Path directory) throws Exception {
        assertThat(new FlinkOnlyJvm(JAR, directory)
                        .probe(
                                "classes",
                                "org.apache.hadoop.conf.Configuration",
                                "org.apache.parquet.format.FileMetaData",
                                "org.apache.parquet.hadoop.ParquetFileReader",
                                "com.fasterxml.jackson.databind.ObjectMapper",
                                "okhttp3.OkHttpClient",
                                "org.apache.arrow.vector.types.pojo.Schema",
                                "io.deltacat.server.LocalServer",
                                "io.deltacat.client.DeltaCatClient"))
                .containsExactly("io.deltacat.client.DeltaCatClient");
    }

    @Test
    void parquetIsWrittenAndReadBesideFlinkAlone(@TempDir Path directory) throws Exception {
        LocalServerOptions options = LocalServerOptions.builder()
                .dataDirectory(directory.resolve("server"))
                .build();
        List<String> compressions = List.of("zstd", "snappy");
        List<String> arguments = new ArrayList<>(List.of("sql"));
        try (LocalServer server = LocalServer.start(options)) {
            arguments.add(server.uri().toString());
            arguments.addAll(compressions);

            assertThat(new FlinkOnlyJvm(JAR, directory).probe(arguments.toArray(String[]::new)))
                    .containsExactlyElementsOf(compressions.stream()
                            .flatMap(compression -> Stream.of(
                                    compression + " +I[1, one, [1.5, 2.5]]", compression + " +I[2, null, null]"))
                            .toList());
        }
    }

    private static List<String> entries() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            return jar.stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(JarEntry::getName)
                    .toList();
        }
    }

    private static String text(String name) throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile());
                InputStream content = jar.getInputStream(jar.getJarEntry(name))) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String latin1(JarFile jar, JarEntry entry) throws IOException {
        try (InputStream content = jar.getInputStream(entry)) {
            return new String(content.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
