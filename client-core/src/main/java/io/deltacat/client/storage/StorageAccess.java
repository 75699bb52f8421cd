package io.deltacat.client.storage;

import io.deltacat.client.FailureContextBuilder;
import io.deltacat.client.StorageFailure;
import io.deltacat.format.file.InputFile;
import io.deltacat.format.file.OutputFile;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Finds the store of a location by its scheme. Thread-safe and immutable; needs no server, so readers on task managers
 * create their own.
 */
public final class StorageAccess {
    private static final String LOCAL = "file";

    private final Map<String, ObjectStore> storesByScheme;

    /**
     * Creates an access over given stores.
     *
     * @param storesByScheme stores by scheme in lower case; {@code file} also serves bare paths
     */
    public StorageAccess(Map<String, ObjectStore> storesByScheme) {
        this.storesByScheme = Map.copyOf(storesByScheme);
    }

    /**
     * Creates an access with the stores that need no settings: the local file system.
     *
     * @return the access
     */
    public static StorageAccess standard() {
        return new StorageAccess(Map.of(LOCAL, new LocalObjectStore()));
    }

    /**
     * Names a file to read, such as {@code DataFile.path()} of a plan.
     *
     * @param location absolute location
     * @return the file, existing or not
     * @throws StorageFailure if no store knows the scheme, or the location is malformed
     */
    public InputFile input(String location) {
        return store(location).input(location);
    }

    /**
     * Names a file to write, such as one under {@code WriteSession.dataDir()}.
     *
     * @param location absolute location of a file that does not exist
     * @return the file
     * @throws StorageFailure if no store knows the scheme, or the location is malformed
     */
    public OutputFile output(String location) {
        return store(location).output(location);
    }

    /**
     * Finds the store of a location.
     *
     * @param location absolute location
     * @return its store
     * @throws StorageFailure if no store knows the scheme
     */
    public ObjectStore store(String location) {
        String scheme = scheme(location);
        ObjectStore store = storesByScheme.get(scheme);
        if (store == null) {
            throw new StorageFailure(FailureContextBuilder.builder()
                    .code("unknown_scheme")
                    .problem("location '" + withoutQuery(location) + "' has scheme '" + scheme + "'; expected one of "
                            + new TreeMap<>(storesByScheme).keySet())
                    .cure("Use a data root of a supported scheme, or name a replica on one as preferred root.")
                    .build());
        }
        return store;
    }

    /**
     * Puts a file name under a directory location.
     *
     * @param directory directory location, with or without a slash at the end
     * @param fileName name without a slash
     * @return the file's location
     */
    public static String resolve(String directory, String fileName) {
        return directory.endsWith("/") ? directory + fileName : directory + "/" + fileName;
    }

    private static String scheme(String location) {
        int colon = location.indexOf(':');
        if (colon <= 0) {
            return LOCAL;
        }
        for (int i = 0; i < colon; i++) {
            char c = location.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            boolean further = (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
            if (!letter && !(i > 0 && further)) {
                return LOCAL;
            }
        }
        String scheme = location.substring(0, colon).toLowerCase(Locale.ROOT);
        return location.startsWith("//", colon + 1) || scheme.equals(LOCAL) ? scheme : LOCAL;
    }

    private static String withoutQuery(String location) {
        int query = location.indexOf('?');
        return query < 0 ? location : location.substring(0, query);
    }
}
