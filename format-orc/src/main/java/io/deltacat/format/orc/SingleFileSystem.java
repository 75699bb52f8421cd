package io.deltacat.format.orc;

import io.deltacat.format.file.FileOutput;
import io.deltacat.format.file.InputFile;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;
import org.jspecify.annotations.Nullable;

/**
 * Shows ORC's library one file of the table's storage as if it were the only file of a Hadoop file system. Confined to one
 * thread.
 */
final class SingleFileSystem extends FileSystem {

    /** The path of the only file; the real one may hold characters that Hadoop's paths may not. */
    static final Path PATH = new Path("/file.orc");

    private static final URI ROOT = URI.create("deltacat:///");

    private final @Nullable InputFile input;
    private final @Nullable FileOutput output;
    private @Nullable IOException storageFailure;

    private SingleFileSystem(@Nullable InputFile input, @Nullable FileOutput output) {
        this.input = input;
        this.output = output;
        setConf(configuration());
    }

    static SingleFileSystem reading(InputFile file) {
        return new SingleFileSystem(file, null);
    }

    static SingleFileSystem writing(FileOutput output) {
        return new SingleFileSystem(null, output);
    }

    /** Returns a configuration that reads no files of the machine. */
    static Configuration configuration() {
        return new Configuration(false);
    }

    /** Returns what the storage failed with, or null if it did not fail. */
    @Nullable
    IOException storageFailure() {
        return storageFailure;
    }

    void storageFailed(IOException failure) {
        storageFailure = failure;
    }

    @Override
    public URI getUri() {
        return ROOT;
    }

    @Override
    public FSDataInputStream open(Path path, int bufferSize) throws IOException {
        if (input == null) {
            throw notThere("open");
        }
        return new FSDataInputStream(new PositionedInput(input, this));
    }

    @Override
    public FSDataOutputStream create(
            Path path,
            FsPermission permission,
            boolean overwrite,
            int bufferSize,
            short replication,
            long blockSize,
            Progressable progress)
            throws IOException {
        if (output == null) {
            throw notThere("create");
        }
        return new FSDataOutputStream(new Unclosed(output), null);
    }

    /** Leaves the file open, which is published by whoever opened it. */
    private static final class Unclosed extends FilterOutputStream {
        Unclosed(FileOutput output) {
            super(output);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }

    @Override
    public FileStatus getFileStatus(Path path) throws IOException {
        if (input == null) {
            throw notThere("getFileStatus");
        }
        return new FileStatus(input.length(), false, 1, getDefaultBlockSize(path), 0, path);
    }

    @Override
    public FSDataOutputStream append(Path path, int bufferSize, Progressable progress) {
        throw notThere("append");
    }

    @Override
    public boolean rename(Path from, Path to) {
        throw notThere("rename");
    }

    @Override
    public boolean delete(Path path, boolean recursive) {
        throw notThere("delete");
    }

    @Override
    public FileStatus[] listStatus(Path path) {
        throw notThere("listStatus");
    }

    @Override
    public void setWorkingDirectory(Path path) {
        throw notThere("setWorkingDirectory");
    }

    @Override
    public Path getWorkingDirectory() {
        return new Path("/");
    }

    @Override
    public boolean mkdirs(Path path, FsPermission permission) {
        throw notThere("mkdirs");
    }

    private static IllegalStateException notThere(String what) {
        return new IllegalStateException("ORC's library asked its file for '" + what + "', which it has not got");
    }
}
