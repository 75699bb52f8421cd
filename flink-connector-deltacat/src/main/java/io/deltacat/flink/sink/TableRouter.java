package io.deltacat.flink.sink;

import java.io.Serializable;
import org.apache.flink.annotation.PublicEvolving;

/**
 * Decides for each record which row of which table it is. Called twice per record, for the exchange and in the writer, in
 * one thread at a time; the same record must give the same row.
 *
 * @param <T> class of the records
 */
@PublicEvolving
@FunctionalInterface
public interface TableRouter<T> extends Serializable {
    /**
     * Routes a record.
     *
     * @param record the record
     * @return its row
     */
    RoutedRow route(T record);
}
