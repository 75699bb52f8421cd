package io.deltacat.format.file;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * A data file to be written on the local file system, under a temporary name in the same directory until it is finished.
 * Immutable and thread-safe.
 */
public final class LocalOutputFile implements OutputFile {
    private final Path path;

    /**
     * @param path path of the file; missing parent directories are created
     */
    public LocalOutputFile(Path path) {
        this.path = requireNonNull(path, "path");
    }

    @Override
    public String location() {
        return path.toString();
    }

    @Override
    public FileOutput create() throws IOException {
        if (Files.exists(path)) {
            throw new FileAlreadyExistsException(
                    path.toString(), null, "a data file is written once. Choose a name that is not taken");
        }
        Path absolute = path.toAbsolutePath();
        Path directory = requireNonNull(absolute.getParent(), "parent of a file");
        Files.createDirectories(directory);
        Path temporary = directory.resolve("." + absolute.getFileName() + "." + UUID.randomUUID() + ".tmp");
        FileChannel channel = FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        return new ChannelOutput(absolute, temporary, channel);
    }

    @Override
    public String toString() {
        return location();
    }

    private static final class ChannelOutput extends FileOutput {
        private static final int BUFFER_BYTES = 64 << 10;

        private final Path path;
        private final Path temporary;
        private final FileChannel channel;
        private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
        private long position;
        private boolean finished;
        private boolean closed;

        ChannelOutput(Path path, Path temporary, FileChannel channel) {
            this.path = path;
            this.temporary = temporary;
            this.channel = channel;
        }

        @Override
        public long position() {
            return position;
        }

        @Override
        public void write(int b) throws IOException {
            if (!buffer.hasRemaining()) {
                drain();
            }
            buffer.put((byte) b);
            position++;
        }

        @Override
        public void write(byte[] source, int offset, int length) throws IOException {
            if (length > buffer.remaining()) {
                drain();
            }
            if (length > buffer.capacity()) {
                writeFully(ByteBuffer.wrap(source, offset, length));
            } else {
                buffer.put(source, offset, length);
            }
            position += length;
        }

        @Override
        public void finish() throws IOException {
            if (finished || closed) {
                throw new IllegalStateException("file '" + path + "' is already " + (finished ? "finished" : "closed"));
            }
            drain();
            channel.force(true);
            channel.close();
            Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE);
            finished = true;
            try (FileChannel directory =
                    FileChannel.open(requireNonNull(path.getParent(), "parent of a file"), StandardOpenOption.READ)) {
                directory.force(true);
            }
        }

        @Override
        public void close() throws IOException {
            if (closed) {
                return;
            }
            closed = true;
            channel.close();
            if (!finished) {
                Files.deleteIfExists(temporary);
            }
        }

        private void drain() throws IOException {
            buffer.flip();
            writeFully(buffer);
            buffer.clear();
        }

        private void writeFully(ByteBuffer bytes) throws IOException {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
    }
}
