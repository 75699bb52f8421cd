package io.deltacat.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Runs a main class in a JVM of its own, with equal flags for every contestant. */
public final class FreshJvm {
    private FreshJvm() {}

    /**
     * Runs a class and waits for its end.
     *
     * @param <T> what is measured
     * @param main class to run, with this JVM's class path
     * @param heapMegabytes the heap's fixed size
     * @param parse reads a line the JVM prints; empty if it is none of its results
     * @param arguments the class's arguments
     * @return the last result
     * @throws IOException if the JVM fails or prints no result
     * @throws InterruptedException if this thread was interrupted
     */
    public static <T> T run(
            Class<?> main, int heapMegabytes, Function<String, Optional<T>> parse, List<String> arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms" + heapMegabytes + "m",
                "-Xmx" + heapMegabytes + "m",
                "-XX:+UseG1GC",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Optional<T> found = Optional.empty();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line;
            while ((line = lines.readLine()) != null) {
                Optional<T> result = parse.apply(line);
                found = result.isPresent() ? result : found;
            }
        }
        int status = process.waitFor();
        if (status != 0 || found.isEmpty()) {
            throw new IOException("a measuring JVM ended with status " + status + " and "
                    + (found.isEmpty() ? "no result" : "a result") + ", see its messages above; arguments: "
                    + arguments);
        }
        return found.get();
    }
}
