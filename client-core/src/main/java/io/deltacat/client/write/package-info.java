/** Writing tables from plain Java: rows to uniquely named files, files to entries, entries to one commit. */
@NullMarked
package io.deltacat.client.write;

import org.jspecify.annotations.NullMarked;
