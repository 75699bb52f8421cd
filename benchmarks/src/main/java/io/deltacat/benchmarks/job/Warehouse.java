package io.deltacat.benchmarks.job;

import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.types.logical.RowType;

/** A contestant's tables. Confined to one thread; {@link #close} stops what it started. */
abstract class Warehouse implements AutoCloseable {

    /**
     * Makes a table, or declares one that is there already.
     *
     * @param environment where it is declared
     * @param table its name
     * @param shape what it is like
     */
    abstract void declare(TableEnvironment environment, String table, Shape shape);

    /** How SQL of {@code environment} names a table. */
    abstract String name(String table);

    /**
     * Merges what was written to a table.
     *
     * @param environment where it is declared
     * @param table its name
     */
    void compact(TableEnvironment environment, String table) {
        throw new UnsupportedOperationException(getClass().getSimpleName() + " has no tables that could be compacted");
    }

    @Override
    public void close() {}

    /**
     * What a table is like.
     *
     * @param type its columns
     * @param key name of its primary key; empty if rows are only added
     * @param codec compression, in capitals
     * @param buckets over how many writers the keys are spread
     */
    record Shape(RowType type, Optional<String> key, String codec, int buckets) {

        /** Columns and key in SQL. */
        String columns() {
            return type.getFields().stream()
                            .map(field -> "`" + field.getName() + "` "
                                    + field.getType()
                                            .copy(key.filter(field.getName()::equals)
                                                    .isEmpty())
                                            .asSerializableString())
                            .collect(Collectors.joining(", "))
                    + key.map(name -> ", PRIMARY KEY (`" + name + "`) NOT ENFORCED")
                            .orElse("");
        }
    }
}
