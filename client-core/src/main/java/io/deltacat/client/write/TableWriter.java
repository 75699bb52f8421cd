package io.deltacat.client.write;

import io.deltacat.client.DeltaCatException;
import io.deltacat.client.TableRef;
import io.deltacat.client.UnknownOutcome;
import io.deltacat.client.http.Pacing;
import io.deltacat.client.model.WriteEntry;
import io.deltacat.client.model.WriteSession;
import io.deltacat.client.model.WriteSessionCommitRequest;
import io.deltacat.client.model.WriteSessionCommitRequestBuilder;
import io.deltacat.client.transaction.WriteSessionClient;
import io.deltacat.format.FormatException;
import io.deltacat.format.file.RowAccessor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes rows to one table and commits them at once. {@link #close} without {@link #commit} discards everything. Keeps its
 * session alive while rows are appended. Confined to one thread.
 *
 * @param <R> class of the rows
 */
public final class TableWriter<R> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TableWriter.class);
    private static final int ROWS_BETWEEN_CLOCK_LOOKS = 1024;
    private static final long LONGEST_HEARTBEAT_NANOS = 900_000_000_000L;

    private final TableRef table;
    private final WriteSessionClient sessions;
    private final Pacing pacing;
    private final WriteFiles files;
    private final ColumnRules rules;
    private final Schema tableSchema;
    private final boolean commitsNothing;
    private final String operationId;
    private Schema schema;
    private RowAccessor<R> accessor;
    private RowSink<R> sink;
    private WriteSession session;
    private State state = State.WRITING;
    private @Nullable WriteSessionCommitRequest pendingCommit;
    private long rows;
    private long nextHeartbeat;

    private enum State {
        WRITING,
        FAILED,
        UNKNOWN,
        COMMITTED,
        CLOSED
    }

    /**
     * Creates a writer of an open session.
     *
     * @param plan what the write is about
     * @param session the session
     * @param sessions calls on it
     * @param pacing clock for heartbeats
     * @param schema columns of the files
     * @param accessor how to get values out of a row
     */
    TableWriter(
            WritePlan plan,
            WriteSession session,
            WriteSessionClient sessions,
            Pacing pacing,
            Schema schema,
            RowAccessor<R> accessor) {
        this.table = plan.table();
        this.session = session;
        this.sessions = sessions;
        this.pacing = pacing;
        this.tableSchema = plan.tableSchema();
        this.schema = schema;
        this.accessor = accessor;
        this.rules = plan.rules();
        this.files = plan.files();
        this.commitsNothing = plan.commitsNothing();
        this.operationId = plan.operationId();
        this.sink = files.open(schema, accessor);
        this.nextHeartbeat = pacing.nanoTime() + heartbeatNanos(session);
        if (Boolean.TRUE.equals(session.committed())) {
            state = State.COMMITTED;
        }
    }

    /**
     * Tells of an earlier run of a write that happens once: it has been committed, and nothing can be appended.
     *
     * @return what it committed, empty if rows are to be appended now
     */
    public Optional<WriteOutcome> alreadyCommitted() {
        if (!Boolean.TRUE.equals(session.committed())) {
            return Optional.empty();
        }
        return Optional.of(new WriteOutcome(
                session.totalRecords() == null ? 0 : session.totalRecords(),
                session.filesRegistered() == null ? 0 : session.filesRegistered(),
                session.totalBytes() == null ? 0 : session.totalBytes(),
                session));
    }

    /**
     * Gives the columns rows are written with.
     *
     * @return the table's stored columns, in order, and behind them those that rows brought along
     */
    public Schema schema() {
        return schema;
    }

    /**
     * Appends a row. The row may be reused afterwards.
     *
     * @param row the row
     * @throws FormatException.InvalidRow if it does not fit the table; nothing can be appended or committed afterwards
     * @throws io.deltacat.client.StorageFailure if the file cannot be written; likewise
     * @throws DeltaCatException if the session could not be kept alive; likewise
     */
    public void append(R row) {
        require(State.WRITING, "append");
        state = State.FAILED;
        if (accessor instanceof MapRowAccessor maps) {
            checkNames(maps, row);
        }
        sink.append(row);
        rows++;
        // a transaction's owner keeps the sessions bound to it alive with the transaction itself
        boolean ownLife = session.transactionId() == null;
        if (ownLife && rows % ROWS_BETWEEN_CLOCK_LOOKS == 0 && pacing.nanoTime() - nextHeartbeat >= 0) {
            session = heartbeat();
            nextHeartbeat = pacing.nanoTime() + heartbeatNanos(session);
        }
        state = State.WRITING;
    }

    /**
     * Commits all rows at once and settles lost replies (protocol/data-plane.md §1.12). After an {@link UnknownOutcome} it
     * may be called again and sends the same operation. Without rows nothing is committed and the session is given up,
     * unless it is to create or replace a table, which then is empty.
     *
     * @return what was committed
     * @throws io.deltacat.client.Conflict if another writer won; nothing was committed
     * @throws UnknownOutcome if the outcome was not known when the commit time-out ended
     * @throws DeltaCatException if the commit was refused; nothing was committed
     */
    public WriteOutcome commit() {
        if (state != State.UNKNOWN) {
            require(State.WRITING, "commit");
        }
        state = State.FAILED;
        if (pendingCommit == null) {
            sink.endFiles();
        }
        List<WriteEntry> entries = pendingCommit == null ? files.entries() : pendingCommit.entries();
        if (entries.isEmpty() && !commitsNothing) {
            abandon(sessions, session, "no rows were written");
            state = State.COMMITTED;
            return new WriteOutcome(0, 0, 0, null);
        }
        if (pendingCommit == null) {
            pendingCommit = WriteSessionCommitRequestBuilder.builder()
                    .entries(entries)
                    .operationId(operationId)
                    .sessionVersion(session.sessionVersion())
                    .transactionVersion(session.transactionVersion())
                    .build();
        }
        WriteSession committed;
        try {
            committed = sessions.commit(session.sessionId(), pendingCommit);
        } catch (UnknownOutcome e) {
            state = State.UNKNOWN;
            throw e;
        }
        state = State.COMMITTED;
        long bytes = entries.stream()
                .mapToLong(entry -> entry.contentLength() == null ? 0 : entry.contentLength())
                .sum();
        LOG.info(
                "table={} session={} rows={} files={} bytes={} committed",
                table,
                session.sessionId(),
                rows,
                entries.size(),
                bytes);
        return new WriteOutcome(rows, entries.size(), bytes, committed);
    }

    /**
     * Releases the writer. What is not committed is discarded: the session is aborted and its files are removed, unless the
     * outcome of a commit is unknown, in which case both are left alone. Commits nothing. Idempotent.
     */
    @Override
    public void close() {
        State before = state;
        state = State.CLOSED;
        if (before == State.CLOSED || before == State.COMMITTED) {
            return;
        }
        try {
            sink.close();
        } finally {
            if (before == State.UNKNOWN) {
                LOG.warn(
                        "table={} session={} outcome=unknown: look at the session before writing the rows again",
                        table,
                        session.sessionId());
            } else if (abandon(sessions, session, "the writer was closed without a commit")) {
                files.deleteFinished();
            }
        }
    }

    /** Aborts a session nothing was committed with; a failure is left to the session's expiry. */
    static boolean abandon(WriteSessionClient sessions, WriteSession session, String reason) {
        try {
            sessions.abort(session.sessionId(), session.sessionVersion(), reason);
            return true;
        } catch (DeltaCatException e) {
            LOG.warn(
                    "session={} abort_failed=\"{}\": it stays until it expires; its files are left in place",
                    session.sessionId(),
                    e.getMessage());
            return false;
        }
    }

    private WriteSession heartbeat() {
        try {
            return sessions.heartbeat(session.sessionId(), session.sessionVersion());
        } catch (UnknownOutcome e) {
            return sessions.get(session.sessionId());
        }
    }

    @SuppressWarnings("unchecked") // a map accessor reads rows that are maps
    private void checkNames(MapRowAccessor maps, R row) {
        Map<String, ?> values = (Map<String, ?>) row;
        try {
            if (rules.extensible() && !maps.unknownColumns(values).isEmpty()) {
                extend(maps.unknownColumns(values), values);
            } else {
                maps.check(values);
            }
        } catch (InvalidValue e) {
            throw new FormatException.InvalidRow(session.dataDir(), e.column(), rows, String.valueOf(e.getMessage()));
        }
    }

    /** Goes on in files with more columns; those before have null there. */
    @SuppressWarnings("unchecked") // only called where the rows are maps
    private void extend(List<String> names, Map<String, ?> row) {
        List<Field> fields = new ArrayList<>(schema.getFields());
        for (String name : names) {
            if (tableSchema.getFields().stream()
                    .anyMatch(field -> field.getName().equals(name))) {
                throw new InvalidValue(name, "the column is computed from others and cannot be written");
            }
            Object value = row.get(name);
            if (value != null) {
                fields.add(InferredColumns.of(name, value));
            }
        }
        if (fields.size() == schema.getFields().size()) {
            return; // nothing but nulls, which a missing column says as well
        }
        sink.endFiles();
        sink.close();
        schema = new Schema(fields, schema.getCustomMetadata());
        accessor = (RowAccessor<R>) (RowAccessor<?>) new MapRowAccessor(fields, rules);
        sink = files.open(schema, accessor);
    }

    private void require(State wanted, String action) {
        if (state != wanted) {
            throw new IllegalStateException("Write to '" + table + "': " + action + " in state " + state + "; expected "
                    + wanted + ". Begin a new write.");
        }
    }

    /** A third of the session's life by the server's own clock, 15 minutes at most as the Python client does. */
    private static long heartbeatNanos(WriteSession session) {
        long life = session.expiresAt() - session.lastHeartbeatAt();
        return life <= 0 ? LONGEST_HEARTBEAT_NANOS : Math.min(LONGEST_HEARTBEAT_NANOS, life / 3);
    }
}
