/** Typed column vectors on the Java heap, the unit in which files are read. */
@NullMarked
package io.deltacat.format.batch;

import org.jspecify.annotations.NullMarked;
