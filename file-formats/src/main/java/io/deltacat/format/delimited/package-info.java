/** Delimited text files: CSV, TSV, PSV and unescaped TSV. */
@NullMarked
package io.deltacat.format.delimited;

import org.jspecify.annotations.NullMarked;
