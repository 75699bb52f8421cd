package io.deltacat.format.parquet.read;

import io.deltacat.format.FormatException;
import io.deltacat.format.batch.ColumnVector;
import io.deltacat.format.batch.IntVector;
import io.deltacat.format.batch.LongVector;
import java.util.function.LongFunction;

/**
 * Changes the unit of times, exactly.
 *
 * @param error makes the exception for a value that does not fit
 * @param multiplier what to multiply with
 * @param divisor what to divide by; multiplier or divisor is 1
 */
record UnitConversion(LongFunction<? extends FormatException> error, long multiplier, long divisor)
        implements Conversion {

    @Override
    public void convert(ColumnVector source, ColumnVector target) {
        for (int row = 0, n = source.size(); row < n; row++) {
            if (source.isNullAt(row)) {
                continue;
            }
            long value = source instanceof IntVector ints ? ints.get(row) : ((LongVector) source).get(row);
            long converted = convert(value);
            if (target instanceof LongVector longs) {
                longs.values()[row] = converted;
            } else {
                if ((int) converted != converted) {
                    throw error.apply(value);
                }
                ((IntVector) target).values()[row] = (int) converted; // checked above
            }
        }
    }

    private long convert(long value) {
        if (divisor != 1) {
            long quotient = value / divisor;
            if (quotient * divisor != value) {
                throw error.apply(value);
            }
            return quotient;
        }
        long product = value * multiplier;
        if (Math.multiplyHigh(value, multiplier) != product >> 63) {
            throw error.apply(value);
        }
        return product;
    }
}
