package io.deltacat.client.partition;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.Locale;

/**
 * The text that Python's {@code str()} gives for a column value. Bucket values of the default strategy are hashes of it, so
 * every character counts.
 */
final class PythonText {
    private static final int SHORTEST_MAX_DIGITS = 17;

    private PythonText() {}

    static String of(Object value) {
        if (value instanceof Boolean flag) {
            return flag ? "True" : "False";
        }
        if (value instanceof Integer || value instanceof Long || value instanceof Short || value instanceof Byte) {
            return value.toString();
        }
        if (value instanceof String text) {
            return text;
        }
        if (value instanceof Float number) {
            // Arrow widens a float to a Python float, so the text is that of the exact double.
            return floating(number.doubleValue());
        }
        if (value instanceof Double number) {
            return floating(number);
        }
        if (value instanceof BigDecimal number) {
            return decimal(number);
        }
        if (value instanceof LocalDate date) {
            return date.toString();
        }
        if (value instanceof LocalTime time) {
            return time(time);
        }
        if (value instanceof LocalDateTime timestamp) {
            return timestamp.toLocalDate() + " " + time(timestamp.toLocalTime());
        }
        if (value instanceof ZonedDateTime timestamp) {
            return timestamp.toLocalDate() + " " + time(timestamp.toLocalTime()) + offset(timestamp);
        }
        if (value instanceof byte[] bytes) {
            return bytes(bytes);
        }
        throw new PartitionTransformException(
                "bucket cannot apply to a " + value.getClass().getSimpleName() + "; use it on a column of a flat type");
    }

    /** The shortest decimal text that reads back as the same double, in Python's layout. */
    static String floating(double value) {
        if (Double.isNaN(value)) {
            return "nan";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        String sign = Double.doubleToRawLongBits(value) < 0 ? "-" : "";
        if (value == 0) {
            return sign + "0.0";
        }
        BigDecimal shortest = shortest(Math.abs(value)).stripTrailingZeros();
        String digits = shortest.unscaledValue().toString();
        int exponent = digits.length() - 1 - shortest.scale();
        if (exponent < -4 || exponent >= 16) {
            String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
            return String.format(
                    Locale.ROOT, "%s%se%s%02d", sign, mantissa, exponent < 0 ? "-" : "+", Math.abs(exponent));
        }
        String plain = shortest.toPlainString();
        return sign + (plain.indexOf('.') < 0 ? plain + ".0" : plain);
    }

    private static BigDecimal shortest(double value) {
        BigDecimal exact = new BigDecimal(value);
        for (int digits = 1; digits < SHORTEST_MAX_DIGITS; digits++) {
            BigDecimal candidate = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            if (candidate.doubleValue() == value) {
                return candidate;
            }
        }
        return exact.round(new MathContext(SHORTEST_MAX_DIGITS, RoundingMode.HALF_EVEN));
    }

    private static String decimal(BigDecimal value) {
        // Python switches to exponents for tiny numbers as BigDecimal does, but prints their sign and case alike.
        return value.toString();
    }

    private static String time(LocalTime time) {
        String seconds =
                String.format(Locale.ROOT, "%02d:%02d:%02d", time.getHour(), time.getMinute(), time.getSecond());
        int nanos = time.getNano();
        if (nanos == 0) {
            return seconds;
        }
        return nanos % 1000 == 0
                ? String.format(Locale.ROOT, "%s.%06d", seconds, nanos / 1000)
                : String.format(Locale.ROOT, "%s.%09d", seconds, nanos);
    }

    private static String offset(ZonedDateTime timestamp) {
        String id = timestamp.getOffset().getId();
        return id.equals("Z") ? "+00:00" : id;
    }

    private static String bytes(byte[] bytes) {
        boolean single = false;
        boolean doubled = false;
        for (byte b : bytes) {
            single |= b == '\'';
            doubled |= b == '"';
        }
        char quote = single && !doubled ? '"' : '\'';
        StringBuilder text = new StringBuilder("b").append(quote);
        for (byte b : bytes) {
            switch (b) {
                case '\\' -> text.append("\\\\");
                case '\t' -> text.append("\\t");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                default -> {
                    if (b == quote) {
                        text.append('\\').append(quote);
                    } else if (b < 0x20 || b == 0x7f) {
                        text.append(String.format(Locale.ROOT, "\\x%02x", b & 0xff));
                    } else {
                        text.append((char) b);
                    }
                }
            }
        }
        return text.append(quote).toString();
    }
}
