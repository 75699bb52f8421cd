package io.deltacat.e2e;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a command to its end and returns what it printed. */
final class ChildProcess {
    private ChildProcess() {}

    /**
     * Runs a command.
     *
     * @param output a file for standard output; standard error goes to its sibling with the suffix {@code .err}
     * @return standard output
     * @throws AssertionError if the command fails or does not end in time; the text holds both outputs' ends
     */
    static String run(Path output, Duration limit, List<String> command) throws IOException, InterruptedException {
        return run(output, limit, command, Map.of());
    }

    /** The same with some more variables in the environment; the directory of the output is the command's own. */
    static String run(Path output, Duration limit, List<String> command, Map<String, String> environment)
            throws IOException, InterruptedException {
        Path errors = output.resolveSibling(output.getFileName() + ".err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(output.getParent().toFile())
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
                throw failed("did not end within " + limit, command, output, errors);
            }
        } finally {
            process.destroyForcibly();
        }
        if (process.exitValue() != 0) {
            throw failed("ended with " + process.exitValue(), command, output, errors);
        }
        return Files.readString(output, StandardCharsets.UTF_8);
    }

    private static AssertionError failed(String what, List<String> command, Path output, Path errors)
            throws IOException {
        return new AssertionError(String.join(" ", command) + " " + what + "\n" + end(output) + "\n" + end(errors));
    }

    private static String end(Path file) throws IOException {
        String text = Files.readString(file, StandardCharsets.UTF_8);
        return text.substring(Math.max(0, text.length() - 4000));
    }
}
