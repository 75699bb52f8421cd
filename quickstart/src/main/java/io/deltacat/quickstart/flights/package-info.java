/** The flights of January 2013: what the file says, as the tables should hold it. */
@NullMarked
package io.deltacat.quickstart.flights;

import org.jspecify.annotations.NullMarked;
