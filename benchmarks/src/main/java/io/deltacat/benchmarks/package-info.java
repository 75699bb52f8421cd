/** Measurements side by side with peers, in fresh JVMs that take turns. */
@NullMarked
package io.deltacat.benchmarks;

import org.jspecify.annotations.NullMarked;
