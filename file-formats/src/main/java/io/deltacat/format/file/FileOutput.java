package io.deltacat.format.file;

import java.io.IOException;
import java.io.OutputStream;

/**
 * A data file being written. {@link #finish()} publishes it; {@link #close()} without {@code finish()} discards it, so an
 * exception on the way never publishes half a file. Confined to one thread.
 */
public abstract class FileOutput extends OutputStream {

    /** Creates an output with nothing written. */
    protected FileOutput() {}

    /** Returns the number of bytes written so far. */
    public abstract long position();

    /**
     * Makes the file durable and visible under its location. Nothing may be written afterwards.
     *
     * @throws IOException if the storage fails; the file is then not visible, or complete
     */
    public abstract void finish() throws IOException;

    /** Releases the output, and removes what was written unless {@link #finish()} returned. May be called more than once. */
    @Override
    public abstract void close() throws IOException;
}
