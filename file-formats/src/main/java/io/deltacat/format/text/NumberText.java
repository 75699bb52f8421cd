package io.deltacat.format.text;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import org.apache.arrow.vector.types.pojo.ArrowType;

/** Numbers as text. Thread-safe. */
public final class NumberText {
    /** Longer texts are no numbers; keeps hostile digits and exponents from costing more than their bytes. */
    private static final int MAX_CHARACTERS = 400;

    private static final int MAX_EXPONENT = 400;
    private static final BigInteger MAX_UNSIGNED_LONG =
            BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

    private NumberText() {}

    /**
     * Reads an integer into its 64 bits; {@code 12.0} and {@code 1.2e1} count as 12.
     *
     * @throws MalformedTextException if the text is no whole number or the type cannot hold it
     */
    public static long parseInteger(char[] text, int start, int end, ArrowType.Int type) {
        int digits = end - start;
        if (digits > 0 && digits < 19) {
            boolean negative = text[start] == '-';
            int at = negative ? start + 1 : start;
            long value = 0;
            while (at < end && text[at] >= '0' && text[at] <= '9') {
                value = value * 10 + (text[at++] - '0');
            }
            if (at == end && end > start + (negative ? 1 : 0)) {
                return inRange(negative ? -value : value, type, text, start, end);
            }
        }
        return large(decimal(text, start, end, describe(type)), type, text, start, end);
    }

    private static long large(BigDecimal decimal, ArrowType.Int type, char[] text, int start, int end) {
        BigInteger value;
        try {
            value = decimal.toBigIntegerExact();
        } catch (ArithmeticException fraction) {
            throw MalformedTextException.of(text, start, end, describe(type));
        }
        if (value.bitLength() < 64) {
            return inRange(value.longValue(), type, text, start, end);
        }
        if (type.getIsSigned()
                || type.getBitWidth() < 64
                || value.signum() < 0
                || value.compareTo(MAX_UNSIGNED_LONG) > 0) {
            throw MalformedTextException.of(text, start, end, describe(type));
        }
        return value.longValue();
    }

    private static long inRange(long value, ArrowType.Int type, char[] text, int start, int end) {
        int bits = type.getBitWidth();
        boolean fits = type.getIsSigned()
                ? bits == 64 || (value >= -(1L << (bits - 1)) && value < 1L << (bits - 1))
                : value >= 0 && (bits == 64 || value < 1L << bits);
        if (!fits) {
            throw MalformedTextException.of(text, start, end, describe(type));
        }
        return value;
    }

    /**
     * Reads a floating point number; {@code nan}, {@code inf} and {@code infinity} in any case are numbers.
     *
     * @throws MalformedTextException if the text is no number
     */
    public static double parseDouble(char[] text, int start, int end) {
        String number = String.valueOf(text, start, end - start);
        if (end > start && isPlain(text, start, end)) {
            try {
                return Double.parseDouble(number);
            } catch (NumberFormatException e) {
                throw MalformedTextException.of(text, start, end, "a number");
            }
        }
        return switch (number.toLowerCase(Locale.ROOT)) {
            case "nan", "-nan", "+nan" -> Double.NaN;
            case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
            case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
            default -> throw MalformedTextException.of(text, start, end, "a number");
        };
    }

    /**
     * Reads a decimal and returns its value at the type's scale.
     *
     * @throws MalformedTextException if the text is no number or needs more digits than the type has
     */
    public static BigInteger parseUnscaled(char[] text, int start, int end, ArrowType.Decimal type) {
        String expected = "a decimal(" + type.getPrecision() + "," + type.getScale() + ")";
        BigDecimal value = decimal(text, start, end, expected);
        try {
            BigDecimal scaled = value.setScale(type.getScale());
            if (scaled.precision() <= type.getPrecision()) {
                return scaled.unscaledValue();
            }
        } catch (ArithmeticException tooManyDigits) {
            // falls through to the one error for all values that do not fit
        }
        throw MalformedTextException.of(text, start, end, expected);
    }

    private static BigDecimal decimal(char[] text, int start, int end, String expected) {
        if (end - start <= MAX_CHARACTERS) {
            try {
                BigDecimal value = new BigDecimal(text, start, end - start);
                if (Math.abs((long) value.scale()) <= MAX_EXPONENT) {
                    return value;
                }
            } catch (NumberFormatException e) {
                // falls through
            }
        }
        throw MalformedTextException.of(text, start, end, expected);
    }

    /** Java also reads {@code 1d} and {@code 0x1p3}, which are no numbers in a file. */
    private static boolean isPlain(char[] text, int start, int end) {
        for (int i = start; i < end; i++) {
            char c = text[i];
            if (!(c >= '0' && c <= '9') && c != '.' && c != '-' && c != '+' && c != 'e' && c != 'E') {
                return false;
            }
        }
        return true;
    }

    private static String describe(ArrowType.Int type) {
        return "an " + (type.getIsSigned() ? "int" : "uint") + type.getBitWidth();
    }
}
