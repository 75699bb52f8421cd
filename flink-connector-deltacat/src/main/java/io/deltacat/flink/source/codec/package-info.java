/**
 * Byte layout of the source's checkpoint state: bounded, versioned, without Java serialization.
 */
@NullMarked
package io.deltacat.flink.source.codec;

import org.jspecify.annotations.NullMarked;
