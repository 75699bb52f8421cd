/** SQL scripts and a prompt to type SQL into. */
@NullMarked
package io.deltacat.quickstart.sql;

import org.jspecify.annotations.NullMarked;
