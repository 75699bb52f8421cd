/** Data files as plans name them: opening them in their format, and the rows that a filter leaves of their batches. */
@NullMarked
package io.deltacat.client.read.file;

import org.jspecify.annotations.NullMarked;
