package io.deltacat.flink.table;

import static java.util.Objects.requireNonNull;

import io.deltacat.format.file.Codec;
import org.apache.flink.annotation.Internal;

/**
 * How data files are written. Immutable.
 *
 * @param targetBytes size at which a file ends
 * @param codec compression
 * @param uploadParallelism files of one writer that are finished at the same time
 */
@Internal
record FileSettings(long targetBytes, Codec codec, int uploadParallelism) {

    FileSettings {
        requireNonNull(codec, "codec");
    }
}
