/** Parquet writing: values to encoded pages, to column chunks, to files. Internal to the Parquet format. */
@NullMarked
package io.deltacat.format.parquet.write;

import org.jspecify.annotations.NullMarked;
