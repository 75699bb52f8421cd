/** Whole Flink jobs, beside those of Flink's filesystem connector, Paimon and Iceberg. */
@NullMarked
package io.deltacat.benchmarks.job;

import org.jspecify.annotations.NullMarked;
