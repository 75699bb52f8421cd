/** What formats that read and write row by row have in common. */
@NullMarked
package io.deltacat.format.rowwise;

import org.jspecify.annotations.NullMarked;
