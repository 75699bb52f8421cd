/** Benchmarks of the local server over HTTP, and of merged reads against the Python client. */
@NullMarked
package io.deltacat.benchmarks.server;

import org.jspecify.annotations.NullMarked;
