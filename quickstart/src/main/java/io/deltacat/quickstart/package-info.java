/** The quick start: real flights through DeltaCAT and Flink, end to end, with a report that checks itself. */
@NullMarked
package io.deltacat.quickstart;

import org.jspecify.annotations.NullMarked;
