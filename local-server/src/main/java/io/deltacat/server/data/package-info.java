/** Data roots and the files in them. */
@NullMarked
package io.deltacat.server.data;

import org.jspecify.annotations.NullMarked;
