/** Avro object container files. */
@NullMarked
package io.deltacat.format.avro;

import org.jspecify.annotations.NullMarked;
