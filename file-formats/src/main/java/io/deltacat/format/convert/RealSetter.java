package io.deltacat.format.convert;

import io.deltacat.format.batch.ColumnVector;

/** Puts floating point numbers of one stored type into vectors of one wanted type. Stateless. */
@FunctionalInterface
public interface RealSetter {

    /**
     * Sets a row that exists in the vector.
     *
     * @param vector vector of the wanted type
     * @param row the row
     * @param value the stored value
     */
    void set(ColumnVector vector, int row, double value);
}
