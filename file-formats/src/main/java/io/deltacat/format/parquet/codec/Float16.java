package io.deltacat.format.parquet.codec;

/** IEEE 754 half precision numbers, which Java 17 cannot convert. Thread-safe. */
public final class Float16 {
    private static final int EXPONENT_BIAS_DIFFERENCE = 127 - 15;

    private Float16() {}

    /**
     * Returns the float with the same value; every half has one.
     *
     * @param half bits of a half
     */
    public static float toFloat(short half) {
        int sign = (half & 0x8000) << 16;
        int exponent = (half >>> 10) & 0x1f;
        int fraction = half & 0x3ff;
        if (exponent == 0x1f) {
            return Float.intBitsToFloat(sign | 0x7f800000 | fraction << 13);
        }
        if (exponent == 0) {
            float magnitude = fraction * 0x1p-24f;
            return sign == 0 ? magnitude : -magnitude;
        }
        return Float.intBitsToFloat(sign | (exponent + EXPONENT_BIAS_DIFFERENCE) << 23 | fraction << 13);
    }

    /**
     * Returns the nearest half, ties to even; too large numbers become infinite.
     *
     * @param value any float
     */
    public static short fromFloat(float value) {
        int bits = Float.floatToRawIntBits(value);
        int sign = bits >>> 16 & 0x8000;
        float magnitude = Math.abs(value);
        if (Float.isNaN(value)) {
            return (short) (sign | 0x7e00);
        }
        if (magnitude >= 65520f) { // halfway between the largest half and the next power of two
            return (short) (sign | 0x7c00);
        }
        if (magnitude < 0x1p-14f) {
            return (short) (sign | (int) Math.rint(magnitude * 0x1p24f)); // subnormal, or the smallest normal
        }
        int rounded = (bits & 0x7fffffff) + 0xfff + (bits >>> 13 & 1);
        return (short) (sign | (rounded >>> 13) - (EXPONENT_BIAS_DIFFERENCE << 10));
    }
}
