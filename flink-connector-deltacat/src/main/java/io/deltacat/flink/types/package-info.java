/**
 * The bridge between the field's standard data model (Arrow schemas, column batches) and Flink's (logical types,
 * {@code RowData}). Every class here is pure: no I/O, no clock, no thread.
 */
@NullMarked
package io.deltacat.flink.types;

import org.jspecify.annotations.NullMarked;
