/**
 * The JobManager side of the source: discovery, assignment, acknowledgement. All REST calls are made here.
 */
@NullMarked
package io.deltacat.flink.source.enumerator;

import org.jspecify.annotations.NullMarked;
