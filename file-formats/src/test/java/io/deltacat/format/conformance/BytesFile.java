package io.deltacat.format.conformance;

import io.deltacat.format.file.FileOutput;
import io.deltacat.format.file.InputFile;
import io.deltacat.format.file.OutputFile;
import io.deltacat.format.file.RandomAccessInput;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;

/** A data file in memory that counts what is open and never grows an array for a read beyond its end. */
final class BytesFile implements InputFile, OutputFile {
    private byte[] content;
    private int open;

    BytesFile(byte[] content) {
        this.content = content;
    }

    byte[] content() {
        return content;
    }

    /** Returns the number of streams that have been opened and not closed. */
    int openCount() {
        return open;
    }

    @Override
    public String location() {
        return "memory-file";
    }

    @Override
    public long length() {
        return content.length;
    }

    @Override
    public RandomAccessInput open() {
        open++;
        return new RandomAccessInput() {
            private boolean closed;

            @Override
            public void readFully(long position, byte[] target, int offset, int length) throws IOException {
                if (position < 0 || length > content.length - position) {
                    throw new EOFException("file ends at byte " + content.length);
                }
                System.arraycopy(content, (int) position, target, offset, length);
            }

            @Override
            public void close() {
                open -= closed ? 0 : 1;
                closed = true;
            }
        };
    }

    @Override
    public FileOutput create() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        content = null;
        return new FileOutput() {
            @Override
            public long position() {
                return bytes.size();
            }

            @Override
            public void finish() {
                content = bytes.toByteArray();
            }

            @Override
            public void close() {}

            @Override
            public void write(int b) {
                bytes.write(b);
            }

            @Override
            public void write(byte[] source, int offset, int length) {
                bytes.write(source, offset, length);
            }
        };
    }
}
