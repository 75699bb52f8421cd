package io.deltacat.format.parquet.read;

import io.deltacat.format.FormatException;
import io.deltacat.format.batch.BytesVector;
import io.deltacat.format.batch.ColumnVector;
import io.deltacat.format.batch.LongVector;
import io.deltacat.format.parquet.codec.LittleEndian;
import java.util.function.LongFunction;

/**
 * Turns INT96 timestamps (nanoseconds of the day, then Julian day number) into a number since the epoch.
 *
 * @param error makes the exception for a day and time that does not fit
 * @param perSecond wanted units per second
 */
record Int96Conversion(LongFunction<? extends FormatException> error, long perSecond) implements Conversion {
    private static final long JULIAN_EPOCH_DAY = 2_440_588;
    private static final long DAY_SECONDS = 86_400;
    private static final long SECOND_NANOS = 1_000_000_000;

    @Override
    public void convert(ColumnVector source, ColumnVector target) {
        BytesVector in = (BytesVector) source;
        long[] out = ((LongVector) target).values();
        for (int row = 0, n = source.size(); row < n; row++) {
            if (!in.isNullAt(row)) {
                out[row] = convert(in.data(), in.start(row));
            }
        }
    }

    private long convert(byte[] data, int start) {
        long nanoOfDay = LittleEndian.getLong(data, start);
        long day = LittleEndian.getInt(data, start + 8) - JULIAN_EPOCH_DAY;
        long nanosPerUnit = SECOND_NANOS / perSecond;
        if (nanoOfDay % nanosPerUnit != 0) {
            throw error.apply(nanoOfDay);
        }
        try {
            return Math.addExact(Math.multiplyExact(day, DAY_SECONDS * perSecond), nanoOfDay / nanosPerUnit);
        } catch (ArithmeticException e) {
            throw error.apply(day);
        }
    }
}
