package io.deltacat.format.parquet.read;

import io.deltacat.format.batch.BytesVector;
import io.deltacat.format.batch.ColumnVector;
import io.deltacat.format.batch.IntVector;
import io.deltacat.format.batch.LongVector;
import io.deltacat.format.parquet.codec.MalformedDataException;
import java.math.BigInteger;
import java.util.function.IntFunction;

/**
 * Conversions of unscaled decimals to a larger or equal scale, as int, long or big-endian bytes. The caller has checked
 * that the wanted precision has room for all stored values. Thread-safe.
 */
final class DecimalConversions {
    private DecimalConversions() {}

    static Conversion intToLong(int shift) {
        long factor = powerOfTen(shift).longValueExact();
        return (source, target) -> {
            int[] in = ((IntVector) source).values();
            long[] out = ((LongVector) target).values();
            for (int i = 0, n = source.size(); i < n; i++) {
                out[i] = in[i] * factor;
            }
        };
    }

    static Conversion longToLong(int shift) {
        long factor = powerOfTen(shift).longValueExact();
        return (source, target) -> {
            long[] in = ((LongVector) source).values();
            long[] out = ((LongVector) target).values();
            for (int i = 0, n = source.size(); i < n; i++) {
                out[i] = in[i] * factor;
            }
        };
    }

    static Conversion bytesToLong(int shift) {
        long factor = powerOfTen(shift).longValueExact();
        return (source, target) -> {
            BytesVector in = (BytesVector) source;
            long[] out = ((LongVector) target).values();
            for (int i = 0, n = source.size(); i < n; i++) {
                out[i] = in.isNullAt(i) ? 0 : unscaledLong(in.data(), in.start(i), in.length(i)) * factor;
            }
        };
    }

    static Conversion intToBytes(int shift) {
        return (source, target) -> {
            int[] in = ((IntVector) source).values();
            toBytes(target, shift, row -> BigInteger.valueOf(in[row]));
        };
    }

    static Conversion longToBytes(int shift) {
        return (source, target) -> {
            long[] in = ((LongVector) source).values();
            toBytes(target, shift, row -> BigInteger.valueOf(in[row]));
        };
    }

    static Conversion bytesToBytes(int shift) {
        return (source, target) -> {
            BytesVector in = (BytesVector) source;
            toBytes(target, shift, row -> new BigInteger(in.data(), in.start(row), in.length(row)));
        };
    }

    private static void toBytes(ColumnVector target, int shift, IntFunction<BigInteger> unscaled) {
        BigInteger factor = powerOfTen(shift);
        BytesVector out = (BytesVector) target;
        out.usePlain();
        byte[] none = {};
        for (int row = 0, n = out.size(); row < n; row++) {
            byte[] value = out.isNullAt(row)
                    ? none
                    : unscaled.apply(row).multiply(factor).toByteArray();
            out.set(row, value, 0, value.length);
        }
    }

    private static long unscaledLong(byte[] data, int start, int length) {
        if (length == 0) {
            throw new MalformedDataException("a decimal has no bytes");
        }
        int surplus = Math.max(0, length - 8);
        long value = data[start + surplus];
        for (int i = start + surplus + 1; i < start + length; i++) {
            value = value << 8 | (data[i] & 0xff);
        }
        for (int i = start; i < start + surplus; i++) {
            if (data[i] != (byte) (value >> 63)) {
                throw new MalformedDataException("a decimal of " + length + " bytes exceeds its precision");
            }
        }
        return value;
    }

    private static BigInteger powerOfTen(int exponent) {
        return BigInteger.TEN.pow(exponent);
    }
}
