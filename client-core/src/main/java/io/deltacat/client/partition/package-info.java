/**
 * Partition transforms and partition values, exactly as the Python client computes them (protocol/data-plane.md §1.7).
 * Pure: no I/O, no clock.
 */
@NullMarked
package io.deltacat.client.partition;

import org.jspecify.annotations.NullMarked;
