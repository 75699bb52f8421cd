/** Statistics of the rows that go into a file, the same for every format. */
@NullMarked
package io.deltacat.format.stats;

import org.jspecify.annotations.NullMarked;
