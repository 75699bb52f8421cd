package io.deltacat.format.parquet.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Little-endian numbers at any position of a byte array; positions are checked by the array access. Thread-safe. */
public final class LittleEndian {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private LittleEndian() {}

    /** Returns the int in four bytes. */
    public static int getInt(byte[] data, int position) {
        return (int) INT.get(data, position);
    }

    /** Returns the long in eight bytes. */
    public static long getLong(byte[] data, int position) {
        return (long) LONG.get(data, position);
    }

    /** Puts an int into four bytes. */
    public static void putInt(byte[] data, int position, int value) {
        INT.set(data, position, value);
    }

    /** Puts a long into eight bytes. */
    public static void putLong(byte[] data, int position, long value) {
        LONG.set(data, position, value);
    }
}
