package io.deltacat.flink.table;

import static java.util.Objects.requireNonNull;

import io.deltacat.format.file.Codec;
import java.time.Duration;
import org.apache.flink.annotation.Internal;

/**
 * How data files are written. Immutable.
 *
 * @param targetBytes size at which a file ends
 * @param maxRows rows at which a file ends
 * @param maxAge age at which a file ends
 * @param maxOpen files of one writer that are open at the same time
 * @param memoryBytes bytes that the open files of one writer may hold
 * @param codec compression
 * @param uploadParallelism files of one writer that are finished at the same time
 */
@Internal
record FileSettings(
        long targetBytes,
        long maxRows,
        Duration maxAge,
        int maxOpen,
        long memoryBytes,
        Codec codec,
        int uploadParallelism) {

    FileSettings {
        requireNonNull(maxAge, "maxAge");
        requireNonNull(codec, "codec");
    }
}
