package io.deltacat.server.store.sqlite;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** Runs one statement with positional values. */
final class Rows {
    private Rows() {}

    static <T> List<T> list(Handle handle, String sql, RowMapper<T> mapper, @Nullable Object... values) {
        try (Query query = handle.createQuery(sql)) {
            for (int i = 0; i < values.length; i++) {
                query.bind(i, values[i]);
            }
            return query.map(mapper).list();
        }
    }

    static <T> Optional<T> first(Handle handle, String sql, RowMapper<T> mapper, @Nullable Object... values) {
        try (Query query = handle.createQuery(sql)) {
            for (int i = 0; i < values.length; i++) {
                query.bind(i, values[i]);
            }
            return query.map(mapper).findFirst();
        }
    }

    static int update(Handle handle, String sql, @Nullable Object... values) {
        try (Update update = handle.createUpdate(sql)) {
            for (int i = 0; i < values.length; i++) {
                update.bind(i, values[i]);
            }
            return update.execute();
        }
    }

    static @Nullable Long nullableLong(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }
}
