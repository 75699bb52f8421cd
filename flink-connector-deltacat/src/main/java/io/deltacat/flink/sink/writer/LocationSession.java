package io.deltacat.flink.sink.writer;

import static java.util.Objects.requireNonNull;

import io.deltacat.client.Conflict;
import io.deltacat.client.DeltaCatException;
import io.deltacat.client.NotFound;
import io.deltacat.client.model.WriteSession;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.annotation.Internal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds a write session only as a place to write: it is kept alive, opened again when it is lost, and never committed or
 * aborted. Files that lie in the directory of a lost session stay valid, since they are registered by their paths.
 * Heartbeats run on the executor it is given; {@link #location} may be called from any thread.
 */
@Internal
final class LocationSession implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LocationSession.class);

    private final LocationPort port;
    private final ScheduledExecutorService executor;
    private final WriteSession first;
    private volatile WriteLocation location;
    private volatile boolean closed;
    private volatile @Nullable ScheduledFuture<?> next;

    private LocationSession(LocationPort port, ScheduledExecutorService executor, WriteSession first) {
        this.port = port;
        this.executor = executor;
        this.first = first;
        this.location = WriteLocation.of(first);
    }

    /**
     * Opens the session and starts its heartbeats. Blocks for one call.
     *
     * @param port server, owned by the caller
     * @param executor where heartbeats run, owned by the caller
     * @return the session, which the caller closes
     * @throws DeltaCatException if the server gives none
     */
    static LocationSession open(LocationPort port, ScheduledExecutorService executor) {
        requireNonNull(executor, "executor");
        LocationSession session = new LocationSession(port, executor, port.open());
        session.schedule(HeartbeatSchedule.afterSuccess(session.location.life()));
        return session;
    }

    /**
     * Gives the server's first reply, with the table's schema.
     *
     * @return the session as it was opened
     */
    WriteSession opened() {
        return first;
    }

    /**
     * Gives the place to write to now.
     *
     * @return newest known location
     */
    WriteLocation location() {
        return location;
    }

    private void schedule(Duration delay) {
        if (!closed) {
            next = executor.schedule(this::beat, delay.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void beat() {
        if (closed) {
            return;
        }
        WriteLocation held = location;
        try {
            location = WriteLocation.of(keepOrReopen(held));
            schedule(HeartbeatSchedule.afterSuccess(location.life()));
        } catch (RuntimeException e) {
            // Whatever it was: a heartbeat that is not scheduled again would let the session expire unnoticed.
            LOG.warn(
                    "Heartbeat of location session={} failed; writing goes on and it is tried again. {}",
                    held.sessionId(),
                    e.getMessage());
            schedule(HeartbeatSchedule.afterFailure(held.life()));
        }
    }

    /** A session that expired, or that a predecessor of this task moved on, is asked for by its key. */
    private WriteSession keepOrReopen(WriteLocation held) {
        try {
            return port.heartbeat(held.sessionId(), held.sessionVersion());
        } catch (Conflict | NotFound e) {
            LOG.debug("Location session={} is opened again: {}", held.sessionId(), e.getMessage());
            return port.open();
        }
    }

    /** Stops the heartbeats; the session is left to expire. Idempotent. */
    @Override
    public void close() {
        closed = true;
        ScheduledFuture<?> scheduled = next;
        if (scheduled != null) {
            scheduled.cancel(false);
        }
    }
}
