package io.deltacat.client.storage;

import io.deltacat.client.FailureContextBuilder;
import io.deltacat.client.StorageFailure;
import io.deltacat.format.file.InputFile;
import io.deltacat.format.file.LocalInputFile;
import io.deltacat.format.file.LocalOutputFile;
import io.deltacat.format.file.OutputFile;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * The local file system: bare absolute paths and {@code file:} URIs. Files are written under a temporary name in their own
 * directory, flushed to disk and renamed: their final names are unique anyway, but a reader that lists the directory, or a
 * server that registers files by path, must never see half of one, also not after a power failure. Thread-safe.
 */
public final class LocalObjectStore implements ObjectStore {
    @Override
    public InputFile input(String location) {
        return new LocalInputFile(path(location));
    }

    @Override
    public OutputFile output(String location) {
        return new LocalOutputFile(path(location));
    }

    @Override
    public boolean exists(String location) {
        return Files.exists(path(location));
    }

    @Override
    public void delete(String location) {
        try {
            Files.deleteIfExists(path(location));
        } catch (IOException e) {
            throw new StorageFailure(
                    FailureContextBuilder.builder()
                            .code("storage_error")
                            .problem("file '" + location + "' cannot be deleted (" + e + ")")
                            .cure("Check the rights on its directory.")
                            .build(),
                    e);
        }
    }

    /**
     * Resolves a location.
     *
     * @param location bare absolute path or {@code file:} URI; a URI is percent-decoded if it is well-formed, as written
     *     otherwise
     * @return the path
     * @throws StorageFailure if it is neither, relative, or on another host
     */
    public static Path path(String location) {
        String text = location;
        if (location.regionMatches(true, 0, "file:", 0, 5)) {
            text = pathOfUri(location);
        }
        Path path;
        try {
            path = Path.of(text);
        } catch (InvalidPathException e) {
            throw malformed(location, "a path of this file system");
        }
        if (!path.isAbsolute()) {
            throw malformed(location, "an absolute path or a file:// URI");
        }
        return path;
    }

    private static String pathOfUri(String location) {
        try {
            URI uri = new URI(location);
            boolean local = uri.getHost() == null || uri.getHost().equalsIgnoreCase("localhost");
            if (uri.getPath() == null || !local || uri.getQuery() != null || uri.getFragment() != null) {
                throw malformed(location, "file:///absolute/path");
            }
            return uri.getPath();
        } catch (URISyntaxException e) {
            String rest = location.substring("file:".length());
            return rest.startsWith("//") ? rest.substring(2) : rest;
        }
    }

    private static StorageFailure malformed(String location, String expected) {
        return new StorageFailure(FailureContextBuilder.builder()
                .code("malformed_location")
                .problem("location '" + location + "' is not usable; expected " + expected)
                .cure("Check the data root of the catalog.")
                .build());
    }
}
