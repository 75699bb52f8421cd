package io.deltacat.quickstart;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;

/** The jobs of the run: notices at once when one fails, and ends those that never end. Confined to one thread. */
final class RunningJobs {
    private static final long STOP_SECONDS = 60;

    private final List<Watched> watched = new ArrayList<>();
    private final CompletableFuture<String> failure = new CompletableFuture<>();

    private record Watched(String name, JobClient job, CompletableFuture<JobExecutionResult> result) {}

    /** Begins to watch a job. */
    void watch(String name, JobClient job) {
        CompletableFuture<JobExecutionResult> result = job.getJobExecutionResult();
        watched.add(new Watched(name, job, result));
        result.whenComplete((value, problem) -> {
            if (problem != null) {
                failure.complete("Job '" + name + "' failed: " + FailureText.of(problem));
            }
        });
    }

    /**
     * Waits a moment.
     *
     * @throws QuickStartException as soon as any job has failed
     */
    void waitAMoment(long millis) throws InterruptedException {
        try {
            throw new QuickStartException(
                    failure.get(millis, TimeUnit.MILLISECONDS) + ". The log has the whole story.");
        } catch (TimeoutException e) {
            // The good case: nothing failed meanwhile.
            return;
        } catch (ExecutionException e) {
            throw new IllegalStateException("the failure is only ever completed with a text", e);
        }
    }

    /** Whether a job has come to its end without failure. */
    boolean finished(JobClient job) {
        return watched.stream()
                .filter(one -> one.job() == job)
                .anyMatch(one -> one.result().isDone() && !one.result().isCompletedExceptionally());
    }

    /** The state of every job, for a message. */
    String states() throws InterruptedException {
        List<String> states = new ArrayList<>();
        for (Watched one : watched) {
            states.add(
                    "'" + one.name() + "' is " + await("status", one, one.job().getJobStatus()));
        }
        return String.join(", ", states);
    }

    /** Stops a job with a savepoint: what it has read is written, committed and acknowledged before it ends. */
    void stopWithSavepoint(JobClient job) throws InterruptedException {
        Watched one = find(job);
        await("stop", one, job.stopWithSavepoint(false, null, SavepointFormatType.CANONICAL));
    }

    /** Cancels a job that keeps nothing. */
    void cancel(JobClient job) throws InterruptedException {
        Watched one = find(job);
        if (await("status", one, job.getJobStatus()) != JobStatus.FINISHED) {
            await("cancel", one, job.cancel());
        }
    }

    private Watched find(JobClient job) {
        return watched.stream().filter(one -> one.job() == job).findFirst().orElseThrow();
    }

    private static <T> T await(String what, Watched one, CompletableFuture<T> future) throws InterruptedException {
        try {
            return future.get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new QuickStartException("Job '" + one.name() + "', " + what + " failed: " + FailureText.of(e), e);
        } catch (TimeoutException e) {
            throw new QuickStartException(
                    "Job '" + one.name() + "' gave no answer to '" + what + "' within " + STOP_SECONDS + " s.", e);
        }
    }
}
