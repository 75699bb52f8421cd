package io.deltacat.client.storage;

import io.deltacat.client.StorageFailure;
import io.deltacat.format.file.InputFile;
import io.deltacat.format.file.OutputFile;

/** Storage of one kind, such as the local file system. Locations are absolute. Thread-safe. */
public interface ObjectStore {
    /**
     * Names a file to read; nothing is opened yet.
     *
     * @param location absolute location
     * @return the file, existing or not
     * @throws StorageFailure if the location is malformed
     */
    InputFile input(String location);

    /**
     * Names a file to write; nothing is created yet. It becomes visible in one step when its output is finished.
     *
     * @param location absolute location of a file that does not exist
     * @return the file
     * @throws StorageFailure if the location is malformed
     */
    OutputFile output(String location);

    /**
     * Asks whether a file exists.
     *
     * @param location absolute location
     * @return true if it does
     * @throws StorageFailure if the storage does not answer
     */
    boolean exists(String location);

    /**
     * Removes a file; a missing one is no error.
     *
     * @param location absolute location
     * @throws StorageFailure if the storage refuses
     */
    void delete(String location);
}
