/**
 * Turns the files of one Flink checkpoint into one DeltaCAT transaction: prepared before the barrier, committed once after
 * the checkpoint completed. Decisions are pure ({@link io.deltacat.flink.sink.commit.CommitMachine}); the server is
 * reached through {@link io.deltacat.flink.sink.commit.TransactionPort} only.
 */
@NullMarked
package io.deltacat.flink.sink.commit;

import org.jspecify.annotations.NullMarked;
