package io.deltacat.format.file;

import java.io.IOException;

/** A data file that can be written once. Immutable and thread-safe. */
public interface OutputFile {

    /** Returns where the file will be, for error messages and manifest entries; without secrets. */
    String location();

    /**
     * Starts to write the file; nothing is visible at {@link #location()} until {@link FileOutput#finish()} returned. The
     * caller closes what it gets.
     *
     * @throws IOException if the storage refuses, or already has a file of that name
     */
    FileOutput create() throws IOException;
}
