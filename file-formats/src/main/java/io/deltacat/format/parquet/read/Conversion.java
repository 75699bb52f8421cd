package io.deltacat.format.parquet.read;

import io.deltacat.format.batch.ColumnVector;

/** Turns the values of a column as they are stored into the wanted type. Immutable and thread-safe. */
@FunctionalInterface
interface Conversion {

    /**
     * Converts all rows; where a row is null the target is undefined.
     *
     * @param source stored values
     * @param target vector to fill, already of the same size and with the same nulls
     * @throws io.deltacat.format.FormatException.IncompatibleType if a value does not survive the conversion
     */
    void convert(ColumnVector source, ColumnVector target);
}
