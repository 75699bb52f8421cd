package io.deltacat.format.file;

import java.io.IOException;

/** A data file that can be read. Immutable and thread-safe; each {@link #open()} is an independent stream. */
public interface InputFile {

    /** Returns where the file is, for error messages; without secrets. */
    String location();

    /**
     * Returns the length in bytes. May ask the storage, once.
     *
     * @throws IOException if the storage does not answer or has no such file
     */
    long length() throws IOException;

    /**
     * Opens the file for reading; the caller closes what it gets.
     *
     * @throws IOException if the storage does not answer or has no such file
     */
    RandomAccessInput open() throws IOException;
}
