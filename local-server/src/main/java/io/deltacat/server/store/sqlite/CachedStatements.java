package io.deltacat.server.store.sqlite;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.statement.DefaultStatementBuilder;
import org.jdbi.v3.core.statement.StatementBuilder;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Keeps the prepared statements of one connection, so that each SQL text is parsed and planned once: that takes as long as a
 * small change itself. Confined to the thread that has the connection.
 */
final class CachedStatements implements StatementBuilder {
    private static final int MOST = 256;

    private final StatementBuilder fresh = new DefaultStatementBuilder();
    private final Map<String, PreparedStatement> idle = new LinkedHashMap<>(MOST, 0.75f, true);
    private final Set<Statement> lent = Collections.newSetFromMap(new IdentityHashMap<>());

    @Override
    public Statement create(Connection connection, StatementContext context) throws SQLException {
        return fresh.create(connection, context);
    }

    @Override
    public PreparedStatement create(Connection connection, String sql, StatementContext context) throws SQLException {
        boolean plain = !context.isReturningGeneratedKeys()
                && (context.getGeneratedKeysColumnNames() == null || context.getGeneratedKeysColumnNames().length == 0);
        if (!plain) {
            return fresh.create(connection, sql, context);
        }
        PreparedStatement kept = idle.remove(sql);
        PreparedStatement statement = kept == null ? connection.prepareStatement(sql) : kept;
        lent.add(statement);
        return statement;
    }

    @Override
    public CallableStatement createCall(Connection connection, String sql, StatementContext context)
            throws SQLException {
        return fresh.createCall(connection, sql, context);
    }

    /** Keeps a statement for the next time, unless its like is kept already: a query may run inside of its own. */
    @Override
    public void close(Connection connection, String sql, Statement statement) throws SQLException {
        if (!lent.remove(statement) || !(statement instanceof PreparedStatement prepared) || prepared.isClosed()) {
            fresh.close(connection, sql, statement);
            return;
        }
        prepared.clearParameters();
        prepared.clearBatch();
        PreparedStatement like = idle.put(sql, prepared);
        if (like != null) {
            like.close();
        }
        if (idle.size() > MOST) {
            Iterator<PreparedStatement> oldest = idle.values().iterator();
            PreparedStatement least = oldest.next();
            oldest.remove();
            least.close();
        }
    }

    @Override
    public void close(Connection connection) {
        idle.values().forEach(CachedStatements::closeQuietly);
        idle.clear();
    }

    private static void closeQuietly(PreparedStatement statement) {
        try {
            statement.close();
        } catch (SQLException e) {
            throw new IllegalStateException("a statement of a closing connection cannot be closed", e);
        }
    }
}
