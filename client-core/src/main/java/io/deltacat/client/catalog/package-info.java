/** Catalogs, namespaces, tables, plans, and what lies below a table: streams, partitions, deltas. */
@NullMarked
package io.deltacat.client.catalog;

import org.jspecify.annotations.NullMarked;
