/** Parquet reading: pages to decompressed bytes, to levels and values, to column vectors. Internal to the Parquet format. */
@NullMarked
package io.deltacat.format.parquet.read;

import org.jspecify.annotations.NullMarked;
