/** Finds the format of a file by what the wire or the file's name calls it. */
@NullMarked
package io.deltacat.format.registry;

import org.jspecify.annotations.NullMarked;
