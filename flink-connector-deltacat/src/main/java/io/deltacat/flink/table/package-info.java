/**
 * DeltaCAT tables in Flink SQL: {@code CREATE TABLE … WITH ('connector' = 'deltacat', …)}. Options are read once into
 * {@link io.deltacat.flink.table.TableSettings}; what they contradict, and what the server says against them, is one
 * {@link org.apache.flink.table.api.ValidationException} while the query is planned.
 */
@NullMarked
package io.deltacat.flink.table;

import org.jspecify.annotations.NullMarked;
