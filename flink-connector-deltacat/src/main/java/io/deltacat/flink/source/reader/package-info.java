/**
 * The TaskManager side of the source: reads files from storage, never calls the REST API.
 */
@NullMarked
package io.deltacat.flink.source.reader;

import org.jspecify.annotations.NullMarked;
