package io.deltacat.format.convert;

import io.deltacat.format.batch.ColumnVector;

/** Puts whole numbers of one stored type into vectors of one wanted type. Stateless. */
@FunctionalInterface
public interface WholeSetter {

    /**
     * Sets a row that exists in the vector.
     *
     * @param vector vector of the wanted type
     * @param row the row; rows of bytes vectors are set in order
     * @param value the stored value, as {@link io.deltacat.format.batch.VectorKind} expresses it
     * @throws LossyValueException if the wanted type cannot express it
     */
    void set(ColumnVector vector, int row, long value);
}
