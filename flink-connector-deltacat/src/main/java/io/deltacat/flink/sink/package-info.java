/** Writes rows to DeltaCAT tables; every checkpoint becomes one transaction. */
@NullMarked
package io.deltacat.flink.sink;

import org.jspecify.annotations.NullMarked;
