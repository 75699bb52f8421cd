package io.deltacat.format.text;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Collects the plain bytes of a text file and hands them on, compressed or not. Confined to one thread. */
public final class TextOutput extends OutputStream {
    private static final int FLUSH_BYTES = 64 << 10;

    private final OutputStream target;
    private final @Nullable Gzip gzip;
    private byte[] buffer = new byte[FLUSH_BYTES + 1024];
    private int size;
    private long plainBytes;
    private long storedBytes;

    private TextOutput(OutputStream file, boolean compressed) throws IOException {
        OutputStream counted = new Counted(file);
        this.gzip = compressed ? new Gzip(counted) : null;
        this.target = gzip == null ? counted : gzip;
    }

    /**
     * Opens an output over a file; the file is never closed by it.
     *
     * @param file takes the stored bytes
     * @param compressed whether to write gzip
     * @throws IOException if the storage fails
     */
    public static TextOutput over(OutputStream file, boolean compressed) throws IOException {
        return new TextOutput(file, compressed);
    }

    @Override
    public void write(int b) {
        ensure(1);
        buffer[size++] = (byte) b;
    }

    @Override
    public void write(byte[] source, int offset, int length) {
        ensure(length);
        System.arraycopy(source, offset, buffer, size, length);
        size += length;
    }

    /** Appends text of ASCII characters only. */
    public void ascii(CharSequence text) {
        ensure(text.length());
        for (int i = 0; i < text.length(); i++) {
            buffer[size++] = (byte) text.charAt(i); // ASCII by contract
        }
    }

    /**
     * Hands bytes on if enough have come together; to be called between rows.
     *
     * @throws IOException if the storage fails
     */
    public void rowEnded() throws IOException {
        if (size >= FLUSH_BYTES) {
            handOn();
        }
    }

    /** Returns about how many stored bytes are still to come. */
    public long pendingLength() {
        return plainBytes == 0 ? size / (gzip == null ? 1 : 4) : size * Math.max(1, storedBytes) / plainBytes;
    }

    /** Returns the bytes of heap held. */
    public long bufferedBytes() {
        return buffer.length;
    }

    /**
     * Hands on everything, with the trailer of the compression.
     *
     * @throws IOException if the storage fails
     */
    public void end() throws IOException {
        handOn();
        if (gzip != null) {
            gzip.finish();
        }
    }

    /** Frees the compressor; writes nothing. */
    @Override
    public void close() {
        if (gzip != null) {
            gzip.release();
        }
    }

    private void handOn() throws IOException {
        target.write(buffer, 0, size);
        plainBytes += size;
        size = 0;
    }

    private void ensure(int more) {
        if (more > buffer.length - size) {
            long wanted = Math.max((long) size + more, Math.min(2L * buffer.length, Integer.MAX_VALUE - 16));
            buffer = Arrays.copyOf(buffer, Math.toIntExact(wanted));
        }
    }

    private static final class Gzip extends GZIPOutputStream {
        Gzip(OutputStream out) throws IOException {
            super(out, 16 << 10);
        }

        void release() {
            def.end();
        }
    }

    private final class Counted extends OutputStream {
        private final OutputStream file;

        Counted(OutputStream file) {
            this.file = file;
        }

        @Override
        public void write(int b) throws IOException {
            file.write(b);
            storedBytes++;
        }

        @Override
        public void write(byte[] source, int offset, int length) throws IOException {
            file.write(source, offset, length);
            storedBytes += length;
        }
    }
}
