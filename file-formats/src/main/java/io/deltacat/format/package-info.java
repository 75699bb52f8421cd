/**
 * Data files of DeltaCAT tables: schemas, column batches, readers and writers. Knows nothing of HTTP and nothing of Flink.
 *
 * <p>Storage failures are {@link java.io.IOException}; everything that is wrong with a file, a schema or a row is a
 * {@link io.deltacat.format.FormatException}.
 */
@NullMarked
package io.deltacat.format;

import org.jspecify.annotations.NullMarked;
