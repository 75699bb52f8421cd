/** Reading tables from plain Java: a pinned plan, its files, batches or rows. */
@NullMarked
package io.deltacat.client.read;

import org.jspecify.annotations.NullMarked;
