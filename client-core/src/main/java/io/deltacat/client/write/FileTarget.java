package io.deltacat.client.write;

import io.deltacat.client.FailureContextBuilder;
import io.deltacat.client.StorageFailure;
import io.deltacat.client.storage.StorageAccess;
import io.deltacat.format.file.FileFormat;
import io.deltacat.format.file.WriteOptions;
import java.io.IOException;
import java.util.UUID;

/**
 * Where the files of one write go, how they are encoded, and when one ends.
 *
 * @param dataDir directory of the session
 * @param storage reaches it
 * @param format format of the files
 * @param options codec and sizes
 * @param targetBytes size at which a file ends, positive
 * @param targetRecords rows at which a file ends, positive
 * @param maxOpenFiles files open at a time, positive
 * @param writeId makes the names of this write unique, 32 hex digits
 */
record FileTarget(
        String dataDir,
        StorageAccess storage,
        FileFormat format,
        WriteOptions options,
        long targetBytes,
        long targetRecords,
        int maxOpenFiles,
        String writeId) {

    static String randomWriteId() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    /**
     * Names a file as the Python client does, with more digits so that names are unique without any doubt
     * (protocol/data-plane.md §1.4).
     *
     * @param group number of the partition group, or -1 for an unpartitioned table
     * @param index number of the file in its group
     */
    String location(int group, int index) {
        String id = writeId.substring(0, 12) + "-" + writeId.substring(12);
        String name = group < 0
                ? "w-%s-%05d%s".formatted(id, index, format.extension())
                : "part-%05d-%s-%05d%s".formatted(group, id, index, format.extension());
        return StorageAccess.resolve(dataDir, name);
    }

    static StorageFailure failed(String location, String done, IOException cause) {
        return new StorageFailure(
                FailureContextBuilder.builder()
                        .code("storage_error")
                        .problem("file '" + location + "' cannot be " + done + " (" + cause + ")")
                        .retryable(true)
                        .cure("Check that the data directory is writable from here and has room, and write again.")
                        .build(),
                cause);
    }
}
