package io.deltacat.flink.table;

import org.apache.flink.annotation.Internal;

/**
 * How files are cut into splits and decoded. Immutable.
 *
 * @param splitBytes stored bytes of one split
 * @param batchRows most rows of one batch
 * @param batchBytes bytes of values of one batch, about
 */
@Internal
record DecodingSettings(long splitBytes, int batchRows, long batchBytes) {}
