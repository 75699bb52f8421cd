package io.deltacat.client.read.file;

import java.io.IOException;
import java.io.Serial;

/** A failure of the storage while a data file was read; knows which file. */
public final class FileReadException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String location;

    FileReadException(String location, IOException cause) {
        super("file '" + location + "' cannot be read (" + cause + ")", cause);
        this.location = location;
    }

    /** Returns the location of the file. */
    public String location() {
        return location;
    }
}
