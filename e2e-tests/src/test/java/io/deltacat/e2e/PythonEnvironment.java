package io.deltacat.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/**
 * Virtual environments for the tests' Python programs, each made once per version of its pinned requirements under
 * {@code .venv} in the repository's root, and used again by later runs.
 */
final class PythonEnvironment {
    /** The real DeltaCAT client. */
    static final String CLIENT = "requirements.txt";

    /** Schemathesis. */
    static final String FUZZ = "requirements-fuzz.txt";

    /** What the client supports; the first that is there is used. */
    private static final List<String> INTERPRETERS = List.of("python3.11", "python3.12", "python3.10", "python3");

    private static final Duration INSTALL_LIMIT = Duration.ofMinutes(10);

    private PythonEnvironment() {}

    /**
     * Returns an environment's interpreter and makes the environment if it is not there.
     *
     * @param pinned file of requirements among the tests' Python sources
     * <p>Tests are skipped only on a machine without any Python 3.10 to 3.12; a failing installation fails them.
     */
    static Path interpreter(String pinned) throws IOException, InterruptedException {
        Path requirements = Repository.python().resolve(pinned);
        Optional<String> found =
                INTERPRETERS.stream().filter(PythonEnvironment::supported).findFirst();
        Assumptions.assumeTrue(
                found.isPresent(), "needs one of " + INTERPRETERS + " of version 3.10 to 3.12 on the path");
        String python = found.orElseThrow();
        Path cache = Files.createDirectories(Repository.root().resolve(".venv"));
        Path home = cache.resolve(
                (pinned.equals(CLIENT) ? "deltacat-client-" : "schemathesis-") + python + "-" + digest(requirements));
        try (FileChannel lock =
                FileChannel.open(cache.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            // Held until the channel closes: two builds at once must not fill one directory.
            assertThat(lock.lock()).isNotNull();
            Path complete = home.resolve("complete");
            if (!Files.exists(complete)) {
                install(python, home, requirements);
                Files.createFile(complete);
            }
        }
        return home.resolve("bin/python");
    }

    private static void install(String python, Path home, Path requirements) throws IOException, InterruptedException {
        Path log = home.resolveSibling("install.log");
        ChildProcess.run(log, INSTALL_LIMIT, List.of(python, "-m", "venv", "--clear", home.toString()));
        ChildProcess.run(
                log,
                INSTALL_LIMIT,
                List.of(
                        home.resolve("bin/python").toString(),
                        "-m",
                        "pip",
                        "install",
                        "--quiet",
                        "--no-input",
                        "--disable-pip-version-check",
                        "--only-binary=:all:",
                        "--require-hashes",
                        "-r",
                        requirements.toString()));
    }

    private static boolean supported(String command) {
        try {
            Process process = new ProcessBuilder(
                            command, "-c", "import sys, venv; sys.exit(not (3, 10) <= sys.version_info[:2] <= (3, 12))")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while looking for Python", e);
        }
    }

    private static String digest(Path file) throws IOException {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
            return HexFormat.of().formatHex(digest, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
