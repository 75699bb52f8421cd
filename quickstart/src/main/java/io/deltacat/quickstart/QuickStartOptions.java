package io.deltacat.quickstart;

import java.nio.file.Path;

/**
 * What one run of the quick start does. Immutable.
 *
 * @param root the repository's root, where the SQL files, the data and the server's jar are
 * @param directory where this run keeps its tables, checkpoints and logs
 * @param rows how many flights are replayed, at least 1
 * @param rowsPerSecond the pace of the replay, above 0
 * @param terminal whether a person looks at the output, so that bars may be painted
 */
public record QuickStartOptions(Path root, Path directory, long rows, double rowsPerSecond, boolean terminal) {
    /** The shipped flights. */
    public Path data() {
        return root.resolve("quickstart/data/flights-2013-01.csv.gz");
    }

    /** The executable jar of the local server. */
    public Path serverJar() {
        return root.resolve("local-server/target/deltacat-local-server.jar");
    }

    /**
     * One of the SQL files.
     *
     * @param name the file's name
     * @return its path
     */
    public Path sql(String name) {
        return root.resolve("quickstart").resolve(name);
    }
}
