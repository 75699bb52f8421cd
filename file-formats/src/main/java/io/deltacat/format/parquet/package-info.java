/** The Parquet file format. */
@NullMarked
package io.deltacat.format.parquet;

import org.jspecify.annotations.NullMarked;
