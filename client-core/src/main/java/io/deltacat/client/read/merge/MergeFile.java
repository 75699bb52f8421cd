package io.deltacat.client.read.merge;

import io.deltacat.client.read.file.StoredFile;
import io.deltacat.client.read.file.StoredFiles;
import io.deltacat.format.file.BatchReader;
import io.deltacat.format.file.ReadOptions;
import java.io.IOException;

/** A data file of a delta, as the merge sees it. */
public interface MergeFile {
    /** Returns where the file is, for messages. */
    String location();

    /**
     * Opens the file; a merge opens a file once per pass.
     *
     * @param options columns to read, and rows that may be left out; all rows from the first on, and batches of any size
     * @return a reader that the caller closes
     * @throws IOException if the storage fails
     */
    BatchReader open(ReadOptions options) throws IOException;

    /**
     * Returns a file of a store.
     *
     * @param file the file
     * @param files opens it
     * @param limits size of batches; its columns are not used
     */
    static MergeFile of(StoredFile file, StoredFiles files, ReadOptions limits) {
        return new Stored(file, files, limits);
    }

    /**
     * A file of a store.
     *
     * @param file the file
     * @param files opens it
     * @param limits size of batches
     */
    record Stored(StoredFile file, StoredFiles files, ReadOptions limits) implements MergeFile {
        @Override
        public String location() {
            return file.path();
        }

        @Override
        public BatchReader open(ReadOptions options) throws IOException {
            return files.open(file, options.withBatchRows(limits.batchRows()).withBatchBytes(limits.batchBytes()));
        }
    }
}
