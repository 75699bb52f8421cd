package io.deltacat.flink.sink;

import java.util.Locale;
import org.apache.flink.annotation.PublicEvolving;

/** How a job may change the columns of the table that it writes to, before its first row. */
@PublicEvolving
public enum SchemaEvolution {
    /** Not at all: rows that do not fit stop the job. */
    NONE,
    /** By adding the columns that the rows have and the table lacks, as nullable ones. */
    ADD_COLUMNS,
    /** By adding columns, and by widening the types of columns that cannot hold the rows' values. */
    FULL;

    /** Returns the value of the option {@code sink.schema-evolution} that stands for it, such as {@code add-columns}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
