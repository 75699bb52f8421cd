package io.deltacat.server.store.sqlite;

import io.deltacat.server.store.ReadView;
import io.deltacat.server.store.Snapshot;
import io.deltacat.server.store.Store;
import io.deltacat.server.store.StoreUnavailableException;
import io.deltacat.server.store.WriteUnit;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The metadata store in one SQLite file in WAL mode: one writer connection, a small pool of readers. Thread-safe.
 */
public final class SqliteStore implements Store {
    private static final int READERS = 6;
    private static final long READER_WAIT_SECONDS = 20;
    /**
     * The log is copied into the database every 32 MiB, not every 4: a page that changes with each commit is then copied once
     * for many of them. The writer keeps 32 MiB of pages in memory.
     */
    private static final String WRITER_TUNING = "&wal_autocheckpoint=8192&cache_size=-32768";

    private static final String MIGRATIONS = "classpath:io/deltacat/server/store/migration";

    private final CommitClock clock;
    private final GroupWriter writer;
    private final Handle writerHandle;
    private final ArrayBlockingQueue<Handle> readers;
    private volatile boolean closed;

    private SqliteStore(CommitClock clock, GroupWriter writer, Handle writerHandle, List<Handle> readers) {
        this.clock = clock;
        this.writer = writer;
        this.writerHandle = writerHandle;
        this.readers = new ArrayBlockingQueue<>(READERS, false, readers);
    }

    /**
     * Opens a database file and brings it to this release's form; creates it if it is missing.
     *
     * @param file the file; its directory exists
     * @param flushEachCommit true to survive loss of power, false to survive the death of the process only
     * @param clock source of commit times
     * @return the open store; the caller closes it
     * @throws StoreUnavailableException if the file cannot be opened or was written by a newer release
     */
    public static SqliteStore open(Path file, boolean flushEachCommit, InstantSource clock) {
        String url = "jdbc:sqlite:" + file.toAbsolutePath()
                + "?journal_mode=WAL&busy_timeout=20000&foreign_keys=true&synchronous="
                + (flushEachCommit ? "FULL" : "NORMAL");
        List<Handle> opened = new ArrayList<>();
        try {
            Flyway.configure()
                    .dataSource(url, null, null)
                    .locations(MIGRATIONS)
                    .load()
                    .migrate();
            Handle writerHandle = connect(url + "&transaction_mode=IMMEDIATE" + WRITER_TUNING);
            opened.add(writerHandle);
            List<Handle> readers = new ArrayList<>();
            for (int i = 0; i < READERS; i++) {
                Handle reader = connect(url + "&transaction_mode=DEFERRED");
                opened.add(reader);
                readers.add(reader);
            }
            CommitClock commitClock = new CommitClock(clock, KeyAllocator.lastCommitTime(writerHandle));
            GroupWriter writer = new GroupWriter(writerHandle, commitClock, KeyAllocator.load(writerHandle));
            writer.start();
            return new SqliteStore(commitClock, writer, writerHandle, readers);
        } catch (RuntimeException e) {
            opened.forEach(Handle::close);
            throw new StoreUnavailableException(
                    "cannot open metadata database '" + file
                            + "'; check the directory and the release it was written by",
                    e);
        }
    }

    private static Handle connect(String url) {
        return Jdbi.create(url)
                .setStatementBuilderFactory(connection -> new CachedStatements())
                .open();
    }

    @Override
    public <T> T read(Snapshot snapshot, Function<ReadView, T> query) {
        Handle handle = borrow(snapshot);
        try {
            handle.begin();
            Snapshot pinned = snapshot.isLatest()
                    ? new Snapshot(KeyAllocator.lastCommitTime(handle) + 1, snapshot.transactionId())
                    : snapshot;
            return query.apply(new SqlReadView(handle, pinned, pinned));
        } finally {
            giveBack(handle);
        }
    }

    @Override
    public <T> T write(Function<WriteUnit, T> work) {
        return writer.write(work);
    }

    private Handle borrow(Snapshot snapshot) {
        try {
            if (!snapshot.isLatest()) {
                clock.awaitSettled(snapshot.before());
            }
            Handle handle = closed ? null : readers.poll(READER_WAIT_SECONDS, TimeUnit.SECONDS);
            if (handle == null) {
                throw new StoreUnavailableException(
                        closed
                                ? "the metadata store is closed"
                                : "all " + READERS + " readers of the metadata store are busy; try again",
                        null);
            }
            return handle;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("interrupted while waiting for the metadata store", e);
        }
    }

    private void giveBack(Handle handle) {
        @Nullable RuntimeException failure = null;
        try {
            handle.rollback();
        } catch (RuntimeException e) {
            failure = e;
        }
        readers.add(handle);
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        writer.close();
        for (int i = 0; i < READERS; i++) {
            try {
                Handle handle = readers.poll(READER_WAIT_SECONDS, TimeUnit.SECONDS);
                if (handle != null) {
                    handle.close();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        writerHandle.close();
    }
}
