package io.deltacat.flink.source.enumerator;

import java.util.function.Supplier;
import org.apache.flink.annotation.Internal;
import org.jspecify.annotations.Nullable;

/** The one connection of an enumerator, opened by its first use. Thread-safe; {@link #close} may come at any time. */
@Internal
final class ServerConnection {
    private final String table;
    private final Supplier<ServerAccess> connect;
    private @Nullable ServerAccess open;
    private volatile boolean closed;

    /**
     * Opens nothing yet.
     *
     * @param table name of the table, for error texts
     * @param connect opens the connection
     */
    ServerConnection(String table, Supplier<ServerAccess> connect) {
        this.table = table;
        this.connect = connect;
    }

    /** Returns the connection. */
    synchronized ServerAccess get() {
        ServerAccess server = open;
        if (server == null) {
            if (closed) {
                throw new IllegalStateException("Source enumerator of table %s is closed".formatted(table));
            }
            server = connect.get();
            open = server;
        }
        return server;
    }

    /** Tells whether {@link #close} was called. */
    boolean closed() {
        return closed;
    }

    /** Lets nothing new begin; what is under way may still use the connection. */
    void noMore() {
        closed = true;
    }

    /** Releases the connection; may be repeated. */
    synchronized void close() {
        closed = true;
        ServerAccess server = open;
        open = null;
        if (server != null) {
            server.close();
        }
    }
}
