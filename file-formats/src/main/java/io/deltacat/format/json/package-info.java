/** JSON lines files. */
@NullMarked
package io.deltacat.format.json;

import org.jspecify.annotations.NullMarked;
