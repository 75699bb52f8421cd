package io.deltacat.format.orc;

import io.deltacat.format.file.InputFile;
import io.deltacat.format.file.RandomAccessInput;
import java.io.EOFException;
import java.io.IOException;
import org.apache.hadoop.fs.FSInputStream;

/** Reads the bytes of one file where ORC's library wants them, and remembers when the storage failed. */
final class PositionedInput extends FSInputStream {
    private final RandomAccessInput input;
    private final long length;
    private final SingleFileSystem owner;
    private long position;

    PositionedInput(InputFile file, SingleFileSystem owner) throws IOException {
        this.length = file.length();
        this.owner = owner;
        this.input = file.open();
    }

    @Override
    public int read(long at, byte[] target, int offset, int count) throws IOException {
        if (at >= length) {
            return -1;
        }
        int there = (int) Math.min(count, length - at); // at most count
        readFully(at, target, offset, there);
        return there;
    }

    @Override
    public void readFully(long at, byte[] target, int offset, int count) throws IOException {
        if (at < 0 || count > length - at) {
            throw new EOFException("the file ends at byte " + length);
        }
        try {
            input.readFully(at, target, offset, count);
        } catch (EOFException e) {
            throw e;
        } catch (IOException e) {
            owner.storageFailed(e);
            throw e;
        }
    }

    @Override
    public void readFully(long at, byte[] target) throws IOException {
        readFully(at, target, 0, target.length);
    }

    @Override
    public int read(byte[] target, int offset, int count) throws IOException {
        int there = read(position, target, offset, count);
        position += Math.max(0, there);
        return there;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public void seek(long at) throws IOException {
        if (at < 0 || at > length) {
            throw new EOFException("byte " + at + " of a file of " + length);
        }
        position = at;
    }

    @Override
    public long getPos() {
        return position;
    }

    @Override
    public boolean seekToNewSource(long at) {
        return false;
    }

    @Override
    public void close() throws IOException {
        input.close();
    }
}
