/** Compression of Parquet pages. Internal to the Parquet format. */
@NullMarked
package io.deltacat.format.parquet.codec;

import org.jspecify.annotations.NullMarked;
