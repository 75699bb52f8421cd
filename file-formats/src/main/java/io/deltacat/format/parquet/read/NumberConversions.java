package io.deltacat.format.parquet.read;

import io.deltacat.format.batch.BytesVector;
import io.deltacat.format.batch.ColumnVector;
import io.deltacat.format.batch.DoubleVector;
import io.deltacat.format.batch.FloatVector;
import io.deltacat.format.batch.IntVector;
import io.deltacat.format.batch.LongVector;
import io.deltacat.format.parquet.codec.Float16;

/** Exact conversions between number types. Thread-safe. */
final class NumberConversions {
    private NumberConversions() {}

    static void intToLong(ColumnVector source, ColumnVector target) {
        int[] in = ((IntVector) source).values();
        long[] out = ((LongVector) target).values();
        for (int i = 0, n = source.size(); i < n; i++) {
            out[i] = in[i];
        }
    }

    static void unsignedToLong(ColumnVector source, ColumnVector target) {
        int[] in = ((IntVector) source).values();
        long[] out = ((LongVector) target).values();
        for (int i = 0, n = source.size(); i < n; i++) {
            out[i] = in[i] & 0xffffffffL;
        }
    }

    static void intToDouble(ColumnVector source, ColumnVector target) {
        int[] in = ((IntVector) source).values();
        double[] out = ((DoubleVector) target).values();
        for (int i = 0, n = source.size(); i < n; i++) {
            out[i] = in[i];
        }
    }

    static void intToFloat(ColumnVector source, ColumnVector target) {
        int[] in = ((IntVector) source).values();
        float[] out = ((FloatVector) target).values();
        for (int i = 0, n = source.size(); i < n; i++) {
            out[i] = in[i];
        }
    }

    static void floatToDouble(ColumnVector source, ColumnVector target) {
        float[] in = ((FloatVector) source).values();
        double[] out = ((DoubleVector) target).values();
        for (int i = 0, n = source.size(); i < n; i++) {
            out[i] = in[i];
        }
    }

    static void halfToFloat(ColumnVector source, ColumnVector target) {
        BytesVector in = (BytesVector) source;
        float[] out = ((FloatVector) target).values();
        for (int i = 0, n = source.size(); i < n; i++) {
            out[i] = in.isNullAt(i) ? 0 : half(in, i);
        }
    }

    static void halfToDouble(ColumnVector source, ColumnVector target) {
        BytesVector in = (BytesVector) source;
        double[] out = ((DoubleVector) target).values();
        for (int i = 0, n = source.size(); i < n; i++) {
            out[i] = in.isNullAt(i) ? 0 : half(in, i);
        }
    }

    private static float half(BytesVector in, int row) {
        byte[] data = in.data();
        int start = in.start(row);
        return Float16.toFloat((short) ((data[start] & 0xff) | data[start + 1] << 8)); // the cast keeps both bytes
    }
}
