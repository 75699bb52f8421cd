/** Progress while the jobs work: bars on a terminal, lines elsewhere. */
@NullMarked
package io.deltacat.quickstart.progress;

import org.jspecify.annotations.NullMarked;
