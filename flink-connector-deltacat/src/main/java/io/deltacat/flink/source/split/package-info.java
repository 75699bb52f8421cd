/**
 * The unit of reading, one slice of one file of one delta, and how it is kept in checkpoints.
 */
@NullMarked
package io.deltacat.flink.source.split;

import org.jspecify.annotations.NullMarked;
