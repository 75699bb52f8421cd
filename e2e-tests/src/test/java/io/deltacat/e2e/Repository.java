package io.deltacat.e2e;

import java.nio.file.Files;
import java.nio.file.Path;

/** Finds files of the repository from wherever the tests are started. */
final class Repository {
    private Repository() {}

    /** The directory that holds the Maven wrapper. */
    static Path root() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.exists(directory.resolve("mvnw"))) {
            directory = directory.getParent();
            if (directory == null) {
                throw new IllegalStateException("no mvnw above '" + Path.of("").toAbsolutePath() + "'");
            }
        }
        return directory;
    }

    /** Directory of the tests' Python programs. */
    static Path python() {
        return root().resolve("e2e-tests/src/test/python");
    }

    static Path serverJar() {
        return root().resolve("local-server/target/deltacat-local-server.jar");
    }
}
