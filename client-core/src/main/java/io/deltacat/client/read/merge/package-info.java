/**
 * Merge-on-read by the rules of client 0.1.67 (protocol/data-plane.md §2.5): which rows of the deltas of one partition
 * are alive. Rows are never moved: a merge reads the key columns, marks what is dead, and leaves the values in their files.
 * Memory is bounded by configuration.
 */
@NullMarked
package io.deltacat.client.read.merge;

import org.jspecify.annotations.NullMarked;
