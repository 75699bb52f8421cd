package io.deltacat.flink.sink.writer;

import static java.util.Objects.requireNonNull;

import io.deltacat.client.DeltaCatClient;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.flink.annotation.Internal;

/**
 * What all tables of one parallel writer share: server, threads, clock, and who the writer is. Immutable; its parts are
 * owned by the writer.
 *
 * @param client the server
 * @param heartbeats where location sessions are kept alive
 * @param uploads where files are finished
 * @param identity who writes
 * @param observer told about files
 * @param nanoTime monotonic clock
 * @param uniqueIds random ids
 */
@Internal
record WriterRuntime(
        DeltaCatClient client,
        ScheduledExecutorService heartbeats,
        ExecutorService uploads,
        Identity identity,
        FileObserver observer,
        LongSupplier nanoTime,
        Supplier<String> uniqueIds) {
    /** Checks that everything is there. */
    WriterRuntime {
        requireNonNull(client, "client");
        requireNonNull(heartbeats, "heartbeats");
        requireNonNull(uploads, "uploads");
        requireNonNull(identity, "identity");
        requireNonNull(observer, "observer");
        requireNonNull(nanoTime, "nanoTime");
        requireNonNull(uniqueIds, "uniqueIds");
    }

    /**
     * Who writes.
     *
     * @param jobId id of the job
     * @param sinkId identity of the sink
     * @param subtask index of the writer
     * @param attempt attempt of its task
     */
    record Identity(String jobId, String sinkId, int subtask, int attempt) {
        /** Checks that the ids are there. */
        Identity {
            requireNonNull(jobId, "jobId");
            requireNonNull(sinkId, "sinkId");
        }
    }
}
