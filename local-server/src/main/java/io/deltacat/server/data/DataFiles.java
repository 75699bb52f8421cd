package io.deltacat.server.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Looks at data files. */
public final class DataFiles {
    private DataFiles() {}

    /**
     * What is at a path.
     *
     * @param path absolute path
     * @return the length of a regular file, -1 for a directory (a data set of several files), empty if nothing is there or it
     *     cannot be read
     */
    public static OptionalLong length(Path path) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            return OptionalLong.of(attributes.isDirectory() ? -1 : attributes.size());
        } catch (NoSuchFileException e) {
            return OptionalLong.empty();
        } catch (IOException | SecurityException e) {
            return OptionalLong.empty();
        }
    }

    /**
     * Deletes a file, or a directory that is one data set with everything in it.
     *
     * @param path absolute path
     * @throws IOException if it is there and cannot be deleted
     */
    public static void delete(Path path) throws IOException {
        if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            Files.deleteIfExists(path);
            return;
        }
        List<Path> found;
        try (Stream<Path> inside = Files.walk(path)) {
            found = inside.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path part : found) {
            Files.deleteIfExists(part);
        }
    }

    /**
     * Whether a location lies inside a directory.
     *
     * @param location absolute path or URI
     * @param directory absolute directory
     * @return true if it is a local path strictly below the directory
     */
    public static boolean isInside(String location, String directory) {
        Optional<Path> path = DataRoots.localPath(location);
        Path parent = Path.of(directory).normalize();
        return path.isPresent() && path.get().startsWith(parent) && !path.get().equals(parent);
    }
}
