package io.deltacat.sql;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Sees what a Flink cluster sees: the JDK, Flink with its own libraries, the jar under test, and the probe classes of this
 * module. Nothing else of the test's class path.
 */
final class FlinkOnlyClassLoader extends URLClassLoader {

    /** Flink and what it brings, by the directories of a Maven repository. */
    private static final Pattern FLINK =
            Pattern.compile(".*/(org/apache/flink|org/apache/commons|commons-io|commons-cli|"
                    + "commons-collections|com/esotericsoftware|org/objenesis|org/snakeyaml|org/roaringbitmap|org/javassist|"
                    + "at/yawk|com/ibm/icu|com/google/code/findbugs|org/slf4j|org/apache/logging)/.*\\.jar");

    FlinkOnlyClassLoader(Path connectorJar) {
        super("flink-only", urls(connectorJar), ClassLoader.getPlatformClassLoader());
    }

    private static URL[] urls(Path connectorJar) {
        List<URL> urls = new ArrayList<>();
        urls.add(url(connectorJar.toFile()));
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry ->
                        FLINK.matcher(entry.replace(File.separatorChar, '/')).matches()
                                || entry.endsWith("flink-sql-connector-deltacat" + File.separator + "target"
                                        + File.separator + "test-classes"))
                .map(entry -> url(new File(entry)))
                .forEach(urls::add);
        return urls.toArray(URL[]::new);
    }

    private static URL url(File file) {
        try {
            return file.toURI().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(file.toString(), e);
        }
    }
}
