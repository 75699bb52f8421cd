/** Conversions from stored to wanted types that keep every value's meaning. */
@NullMarked
package io.deltacat.format.convert;

import org.jspecify.annotations.NullMarked;
