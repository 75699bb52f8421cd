package io.deltacat.format.convert;

import io.deltacat.format.batch.ColumnVector;
import java.math.BigInteger;

/** Puts decimals of one stored type into vectors of one wanted type. Stateless. */
@FunctionalInterface
public interface DecimalSetter {

    /**
     * Sets a row that exists in the vector.
     *
     * @param vector vector of the wanted type
     * @param row the row; rows of bytes vectors are set in order
     * @param unscaled the stored value at the stored scale
     * @throws LossyValueException if the wanted type cannot express it
     */
    void set(ColumnVector vector, int row, BigInteger unscaled);
}
