/** How Parquet schemas map to Arrow schemas, levels included. Internal to the Parquet format. */
@NullMarked
package io.deltacat.format.parquet.schema;

import org.jspecify.annotations.NullMarked;
