/**
 * The filter grammar of read plans (protocol/data-plane.md §2.2): parsing, printing, exact evaluation on rows and sound
 * pruning by column statistics. Pure: no I/O, no clock.
 */
@NullMarked
package io.deltacat.client.filter;

import org.jspecify.annotations.NullMarked;
