package io.deltacat.format.text;

import io.deltacat.format.FormatException;
import io.deltacat.format.file.InputFile;
import io.deltacat.format.rowwise.InputFileStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * The plain bytes of a text file, whatever its name says: gzip is recognised by its first bytes and taken off, twice if need
 * be, because the Python client compresses by content and its file system once more by the {@code .gz} of the name; a file
 * with a gzip name and no gzip bytes is plain. Damaged gzip data is a {@link FormatException.CorruptFile}. Confined to one
 * thread.
 */
public final class TextInput extends InputStream {
    private static final int MAX_GZIP_LAYERS = 3;
    private static final int GZIP_BUFFER_BYTES = 16 << 10;

    private final String file;
    private final InputFileStream stored;
    private final InputStream plain;
    private long position;

    private TextInput(String file, InputFileStream stored, InputStream plain) {
        this.file = file;
        this.stored = stored;
        this.plain = plain;
    }

    /**
     * Opens a file at its start.
     *
     * @param file the file
     * @throws IOException if the storage fails
     * @throws FormatException.CorruptFile if a gzip header is damaged
     */
    public static TextInput open(InputFile file) throws IOException {
        InputFileStream stored = InputFileStream.open(file);
        try {
            PushbackInputStream plain = new PushbackInputStream(stored, 2);
            for (int layer = 0; layer < MAX_GZIP_LAYERS && startsWithGzip(plain); layer++) {
                plain = new PushbackInputStream(new GZIPInputStream(plain, GZIP_BUFFER_BYTES), 2);
            }
            return new TextInput(file.location(), stored, plain);
        } catch (ZipException | EOFException e) {
            stored.close();
            throw corrupt(file.location(), stored, e);
        } catch (IOException | RuntimeException e) {
            stored.close();
            throw e;
        }
    }

    /** Returns the number of plain bytes read so far. */
    public long position() {
        return position;
    }

    /** Returns the offset in the stored file up to which bytes have been taken, for messages. */
    public long storedPosition() {
        return stored.position();
    }

    @Override
    public int read() throws IOException {
        try {
            int next = plain.read();
            position += next < 0 ? 0 : 1;
            return next;
        } catch (ZipException | EOFException e) {
            throw corrupt(file, stored, e);
        }
    }

    @Override
    public int read(byte[] target, int offset, int count) throws IOException {
        try {
            int read = plain.read(target, offset, count);
            position += Math.max(0, read);
            return read;
        } catch (ZipException | EOFException e) {
            throw corrupt(file, stored, e);
        }
    }

    @Override
    public void close() throws IOException {
        plain.close();
    }

    private static boolean startsWithGzip(PushbackInputStream stream) throws IOException {
        int first = stream.read();
        int second = first < 0 ? -1 : stream.read();
        if (second >= 0) {
            stream.unread(second);
        }
        if (first >= 0) {
            stream.unread(first);
        }
        return first == 0x1f && second == 0x8b;
    }

    private static FormatException.CorruptFile corrupt(String file, InputFileStream stored, IOException cause) {
        return new FormatException.CorruptFile(
                file, null, stored.position(), "gzip data cannot be decoded: " + cause.getMessage(), cause);
    }
}
