package io.deltacat.server.data;

import io.deltacat.client.model.DataRootInfo;
import io.deltacat.client.model.DataRootInfoBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The directory under which managed data files live, and the two forms of a file's location: absolute on the wire, relative to
 * the root in the database, so that the data directory can be moved. Immutable.
 */
public final class DataRoots {
    /** Name of the managed root. */
    public static final String MANAGED_ROOT = "default";

    private static final String STORED_PREFIX = "{{" + MANAGED_ROOT + "}}/";
    private static final String FILE_SCHEME = "file:";
    private static final int LONGEST_NAME = 200;
    private static final int DIGEST_LENGTH = 64;

    private final Path managed;

    /**
     * Opens the managed root.
     *
     * @param managed its directory; created if missing
     * @throws UncheckedIOException if it cannot be created
     */
    public DataRoots(Path managed) {
        this.managed = managed.toAbsolutePath().normalize();
        createDirectory(this.managed);
    }

    /** The managed root's directory. */
    public Path managedRoot() {
        return managed;
    }

    /** The roots as replies show them. */
    public Map<String, DataRootInfo> describe() {
        return Map.of(
                MANAGED_ROOT,
                DataRootInfoBuilder.builder()
                        .root(managed.toString())
                        .storageType("local")
                        .usage(List.of("managed_write", "default"))
                        .build());
    }

    /**
     * A directory name below the managed root for a table's files.
     *
     * @param namespace namespace name
     * @param table table name
     * @param leaf last part, unique for the session or its write key
     * @return relative path with forward slashes; names are percent-encoded, so that none can climb out
     */
    public static String relativeDirectory(String namespace, String table, String leaf) {
        return encode(namespace) + "/" + encode(table) + "/" + encode(leaf);
    }

    /**
     * Makes sure that a directory below the managed root is there.
     *
     * @param relativeDirectory result of {@link #relativeDirectory} or {@link #absoluteDirectory}
     * @return its absolute path
     * @throws UncheckedIOException if it cannot be created
     */
    public String createDirectory(String relativeDirectory) {
        Path directory = managed.resolve(relativeDirectory);
        createDirectory(directory);
        return directory.toString();
    }

    /**
     * The absolute path of a directory below the managed root.
     *
     * @param relativeDirectory result of {@link #relativeDirectory}
     * @return its absolute path
     */
    public String absoluteDirectory(String relativeDirectory) {
        return managed.resolve(relativeDirectory).toString();
    }

    /**
     * The stored form of a location.
     *
     * @param location absolute path, {@code file:} URI or URI of another scheme
     * @return relative to the root where it lies inside, else as given
     */
    public String toStored(String location) {
        Optional<Path> local = localPath(location);
        if (local.isPresent() && local.get().startsWith(managed)) {
            return STORED_PREFIX + managed.relativize(local.get()).toString().replace('\\', '/');
        }
        return location;
    }

    /**
     * The location of a stored form.
     *
     * @param stored result of {@link #toStored}
     * @return absolute path or URI
     */
    public String toLocation(String stored) {
        return stored.startsWith(STORED_PREFIX) ? managed + "/" + stored.substring(STORED_PREFIX.length()) : stored;
    }

    /**
     * The local path of a location.
     *
     * @param location absolute path or URI
     * @return normalized path; empty if it is of another scheme, relative, or no path at all
     */
    public static Optional<Path> localPath(String location) {
        try {
            Path path;
            if (location.startsWith(FILE_SCHEME)) {
                path = Path.of(URI.create(
                        location.startsWith("file:///") || !location.startsWith("file://")
                                ? location
                                : "file:///" + location.substring("file://".length())));
            } else if (location.contains("://")) {
                return Optional.empty();
            } else {
                path = Path.of(location);
            }
            return path.isAbsolute() ? Optional.of(path.normalize()) : Optional.empty();
        } catch (IllegalArgumentException e) { // includes InvalidPathException
            return Optional.empty();
        }
    }

    private static void createDirectory(Path directory) {
        try {
            Files.createDirectories(directory);
        } catch (IOException | InvalidPathException e) {
            throw new UncheckedIOException(
                    "cannot create data directory '" + directory + "'",
                    e instanceof IOException io ? io : new IOException(e));
        }
    }

    private static String encode(String name) {
        String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A");
        String safe = encoded.startsWith(".") ? "%2E" + encoded.substring(1) : encoded;
        // File systems take names of 255 bytes; a longer one keeps its beginning and is told apart by its digest. The
        // tilde
        // cannot come from encoding.
        return safe.length() <= LONGEST_NAME
                ? safe
                : safe.substring(0, LONGEST_NAME - DIGEST_LENGTH - 1) + "~" + digest(name);
    }

    private static String digest(String name) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime has no SHA-256", e);
        }
    }
}
