/** Ports to storage, and the reader and writer contracts every file format implements. */
@NullMarked
package io.deltacat.format.file;

import org.jspecify.annotations.NullMarked;
