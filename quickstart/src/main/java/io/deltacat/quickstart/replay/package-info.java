/** A table connector that replays a CSV file as a stream, at a given rate. */
@NullMarked
package io.deltacat.quickstart.replay;

import org.jspecify.annotations.NullMarked;
