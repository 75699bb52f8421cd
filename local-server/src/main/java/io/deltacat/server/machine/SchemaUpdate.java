package io.deltacat.server.machine;

import org.apache.arrow.vector.types.pojo.Field;

/** One step of a change of a table's schema. Immutable. */
public sealed interface SchemaUpdate {
    /** Name of the body field the step came in, for messages. */
    String where();

    /**
     * Adds a column at the end.
     *
     * @param where name of the body field
     * @param column the column, described by its Arrow metadata
     */
    record Add(String where, Field column) implements SchemaUpdate {}

    /**
     * Removes a column; files keep its values, plans do not show it any more.
     *
     * @param where name of the body field
     * @param name the column
     */
    record Remove(String where, String name) implements SchemaUpdate {}

    /**
     * Gives a column another type; name, place, id, nullability and description stay.
     *
     * @param where name of the body field
     * @param name the column
     * @param type a field of the new type; only its type counts
     */
    record UpdateType(String where, String name, Field type) implements SchemaUpdate {}
}
