package io.deltacat.client.read.merge;

import io.deltacat.format.file.BatchReader;
import java.io.IOException;
import org.apache.arrow.vector.types.pojo.Schema;

/** A data file of a delta, as the merge sees it. */
public interface MergeFile {
    /** Returns where the file is, for messages. */
    String location();

    /**
     * Opens the file from its first row; a merge opens a file once per pass.
     *
     * @param columns the wanted columns
     * @return a reader that the caller closes
     * @throws IOException if the storage fails
     */
    BatchReader open(Schema columns) throws IOException;
}
