/** Scalar values as text, in the spelling the Python client writes and reads. */
@NullMarked
package io.deltacat.format.text;

import org.jspecify.annotations.NullMarked;
