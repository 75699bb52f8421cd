/** Predicates that readers use to pass over rows which statistics inside of a file rule out. */
@NullMarked
package io.deltacat.format.predicate;

import org.jspecify.annotations.NullMarked;
