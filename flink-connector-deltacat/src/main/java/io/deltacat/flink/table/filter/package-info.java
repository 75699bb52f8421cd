/** Translation of the planner's filters into the filter grammar of the protocol. Pure. */
@NullMarked
package io.deltacat.flink.table.filter;

import org.jspecify.annotations.NullMarked;
