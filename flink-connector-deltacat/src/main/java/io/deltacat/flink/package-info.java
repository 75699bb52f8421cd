/** Entry points that the source, the sink and the table factory share. */
@NullMarked
package io.deltacat.flink;

import org.jspecify.annotations.NullMarked;
