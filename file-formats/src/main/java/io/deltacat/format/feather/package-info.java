/** Feather files, which are Arrow IPC files. */
@NullMarked
package io.deltacat.format.feather;

import org.jspecify.annotations.NullMarked;
