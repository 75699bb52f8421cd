package io.deltacat.format.file;

import static java.util.Objects.requireNonNull;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A data file on the local file system. Immutable and thread-safe. */
public final class LocalInputFile implements InputFile {
    private final Path path;

    /**
     * @param path path of the file; need not exist yet
     */
    public LocalInputFile(Path path) {
        this.path = requireNonNull(path, "path");
    }

    @Override
    public String location() {
        return path.toString();
    }

    @Override
    public long length() throws IOException {
        return Files.size(path);
    }

    @Override
    public RandomAccessInput open() throws IOException {
        return new ChannelInput(path, FileChannel.open(path, StandardOpenOption.READ));
    }

    @Override
    public String toString() {
        return location();
    }

    private record ChannelInput(Path path, FileChannel channel) implements RandomAccessInput {

        @Override
        public void readFully(long position, byte[] target, int offset, int length) throws IOException {
            ByteBuffer buffer = ByteBuffer.wrap(target, offset, length);
            while (buffer.hasRemaining()) {
                int read = channel.read(buffer, position + buffer.position() - offset);
                if (read < 0) {
                    throw new EOFException("File '" + path + "' ends at byte " + channel.size() + ", needed "
                            + (position + length) + ". It was truncated; write it again.");
                }
            }
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
