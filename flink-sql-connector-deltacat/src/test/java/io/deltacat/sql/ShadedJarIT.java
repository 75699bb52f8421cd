package io.deltacat.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    void theFactoryIsFoundBesideFlinkAlone() throws Exception {
        try (FlinkOnlyClassLoader loader = new FlinkOnlyClassLoader(JAR)) {
            assertThat(probe(loader, "tableFactories")).contains("deltacat");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"zstd", "snappy", "lz4", "gzip", "uncompressed"})
    void parquetIsWrittenAndReadBesideFlinkAlone(String compression, @TempDir Path directory) throws Exception {
        LocalServerOptions options =
                LocalServerOptions.builder().dataDirectory(directory).build();
        try (LocalServer server = LocalServer.start(options);
                FlinkOnlyClassLoader loader = new FlinkOnlyClassLoader(JAR)) {
            assertThat(probe(loader, "rowsWrittenAndRead", server.uri().toString(), "t_" + compression, compression))
                    .containsExactly("+I[1, one, [1.5, 2.5]]", "+I[2, null, null]");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.apache.hadoop.conf.Configuration",
                "org.apache.parquet.format.FileMetaData",
                "com.fasterxml.jackson.databind.ObjectMapper",
                "okhttp3.OkHttpClient",
                "org.apache.arrow.vector.types.pojo.Schema",
                "io.deltacat.server.LocalServer"
            })
    void theClassPathOfTheseTestsHoldsNoneOf(String className) throws IOException {
        try (FlinkOnlyClassLoader loader = new FlinkOnlyClassLoader(JAR)) {
            assertThatThrownBy(() -> loader.loadClass(className)).isInstanceOf(ClassNotFoundException.class);
        }
    }

    /** Calls a static method of {@link SqlProbe} with string arguments, loaded by the given loader. */
    @SuppressWarnings("unchecked")
    private static List<String> probe(ClassLoader loader, String method, String... arguments) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            Class<?>[] types =
                    Stream.of(arguments).map(argument -> String.class).toArray(Class[]::new);
            return (List<String>) loader.loadClass("io.deltacat.sql.SqlProbe")
                    .getMethod(method, types)
                    .invoke(null, (Object[]) arguments);
        } finally {
            thread.setContextClassLoader(before);
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
