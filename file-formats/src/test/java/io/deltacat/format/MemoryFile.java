package io.deltacat.format;

import io.deltacat.format.file.FileOutput;
import io.deltacat.format.file.InputFile;
import io.deltacat.format.file.OutputFile;
import io.deltacat.format.file.RandomAccessInput;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.util.concurrent.atomic.AtomicInteger;

/** A file in memory that can be written, read, damaged, and that counts its requests. */
public final class MemoryFile implements InputFile, OutputFile {
    private byte[] content;
    private final AtomicInteger reads = new AtomicInteger();
    private long bytesRead;
    private int opened;

    /** Creates a file that does not exist yet. */
    public MemoryFile() {
        this.content = null;
    }

    /** Creates a file with content. */
    public MemoryFile(byte[] content) {
        this.content = content;
    }

    /** Returns the published content. */
    public byte[] content() {
        if (content == null) {
            throw new IllegalStateException("nothing was published");
        }
        return content;
    }

    /** Returns whether something was published. */
    public boolean exists() {
        return content != null;
    }

    /** Returns how many ranges were read. */
    public int reads() {
        return reads.get();
    }

    /** Returns how many bytes were read. */
    public long bytesRead() {
        return bytesRead;
    }

    /** Returns how many opened inputs were not closed. */
    public int openInputs() {
        return opened;
    }

    @Override
    public String location() {
        return "memory.parquet";
    }

    @Override
    public long length() {
        return content().length;
    }

    @Override
    public RandomAccessInput open() {
        byte[] bytes = content();
        opened++;
        return new RandomAccessInput() {
            private boolean closed;

            @Override
            public void readFully(long position, byte[] target, int offset, int length) throws EOFException {
                reads.incrementAndGet();
                bytesRead += length;
                if (position < 0 || length > bytes.length - position) {
                    throw new EOFException("memory file ends at " + bytes.length);
                }
                System.arraycopy(bytes, Math.toIntExact(position), target, offset, length);
            }

            @Override
            public void close() {
                if (!closed) {
                    closed = true;
                    opened--;
                }
            }
        };
    }

    @Override
    public FileOutput create() {
        ByteArrayOutputStream buffer = new ByteArrayOutputStream();
        return new FileOutput() {
            @Override
            public long position() {
                return buffer.size();
            }

            @Override
            public void write(int b) {
                buffer.write(b);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                buffer.write(bytes, offset, length);
            }

            @Override
            public void finish() {
                content = buffer.toByteArray();
            }

            @Override
            public void close() {
                // what was not finished is gone
            }
        };
    }
}
