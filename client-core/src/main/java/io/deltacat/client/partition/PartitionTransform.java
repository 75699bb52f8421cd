package io.deltacat.client.partition;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A transform from a column value to a partition value. Values are Java objects: {@link Boolean}, {@link Integer} or
 * {@link Long} for integers, {@link Float}, {@link Double}, {@link java.math.BigDecimal}, {@link String},
 * {@code byte[]}, {@link LocalDate}, {@link LocalTime}, {@link LocalDateTime} (timestamp without zone) and
 * {@link ZonedDateTime} (timestamp with zone, in the column's own zone). A null value has a null partition value.
 */
public sealed interface PartitionTransform {
    /** The spelling of the transform on the wire. */
    String wireName();

    /**
     * Applies the transform.
     *
     * @param value a column value as the type's Javadoc lists, or null
     * @return the partition value, or null
     * @throws PartitionTransformException when the transform has no meaning for the value's type
     */
    @Nullable
    Object apply(@Nullable Object value);

    /**
     * Parses the spelling of the wire: {@code identity}, {@code year}, {@code month}, {@code day}, {@code hour},
     * {@code void}, {@code bucket(n)}, {@code bucket(n, iceberg)}, {@code truncate(w)}; case does not matter, null means
     * identity.
     *
     * @param transform the spelling, or null
     * @return the transform
     * @throws PartitionTransformException naming the text and the spellings that exist
     */
    static PartitionTransform parse(@Nullable String transform) {
        String text = transform == null ? "" : transform.strip().toLowerCase(Locale.ROOT);
        switch (text) {
            case "", "identity":
                return new Identity();
            case "year":
                return new Calendar(Component.YEAR);
            case "month":
                return new Calendar(Component.MONTH);
            case "day":
                return new Calendar(Component.DAY);
            case "hour":
                return new Calendar(Component.HOUR);
            case "void":
                return new Void();
            default:
                return parseCall(text);
        }
    }

    private static PartitionTransform parseCall(String text) {
        Matcher call = Spelling.CALL.matcher(text);
        if (!call.matches()) {
            throw new PartitionTransformException(
                    "unknown partition transform '" + text + "'; expected " + Spelling.ALL);
        }
        int argument;
        try {
            argument = Integer.parseInt(call.group(2));
        } catch (NumberFormatException e) {
            throw new PartitionTransformException("partition transform '" + text + "': the argument is too large", e);
        }
        if (argument <= 0) {
            throw new PartitionTransformException("partition transform '" + text + "': the argument must be positive");
        }
        boolean iceberg = "iceberg".equals(call.group(3));
        return call.group(1).equals("bucket")
                ? new Bucket(argument, iceberg ? BucketStrategy.ICEBERG : BucketStrategy.DEFAULT)
                : new Truncate(argument);
    }

    /** The value itself. */
    record Identity() implements PartitionTransform {
        @Override
        public String wireName() {
            return "identity";
        }

        @Override
        public @Nullable Object apply(@Nullable Object value) {
            return value;
        }
    }

    /** Always null. */
    record Void() implements PartitionTransform {
        @Override
        public String wireName() {
            return "void";
        }

        @Override
        public @Nullable Object apply(@Nullable Object value) {
            return null;
        }
    }

    /** Which component of a date or timestamp a {@link Calendar} transform takes. */
    enum Component {
        YEAR(ChronoField.YEAR),
        MONTH(ChronoField.MONTH_OF_YEAR),
        DAY(ChronoField.DAY_OF_MONTH),
        HOUR(ChronoField.HOUR_OF_DAY);

        private final ChronoField field;

        Component(ChronoField field) {
            this.field = field;
        }
    }

    /** A calendar component (day of month, hour of day), not a count since the epoch, in the column's own zone. */
    record Calendar(Component component) implements PartitionTransform {
        @Override
        public String wireName() {
            return component.name().toLowerCase(Locale.ROOT);
        }

        @Override
        public @Nullable Object apply(@Nullable Object value) {
            if (value == null) {
                return null;
            }
            if (value instanceof TemporalAccessor temporal && temporal.isSupported(component.field)) {
                return temporal.get(component.field);
            }
            throw new PartitionTransformException("partition transform '" + wireName() + "' cannot apply to a "
                    + value.getClass().getSimpleName() + "; use it on a date or timestamp column");
        }
    }

    /** How {@link Bucket} hashes. */
    enum BucketStrategy {
        /** First four bytes of SHA-1 of the Python text form, big-endian, unsigned. */
        DEFAULT,
        /** Murmur3 with 32 bits, as Iceberg does for integers, text and bytes. */
        ICEBERG
    }

    /** A hash bucket, 0 to {@code buckets - 1}. */
    record Bucket(int buckets, BucketStrategy strategy) implements PartitionTransform {
        @Override
        public String wireName() {
            return strategy == BucketStrategy.ICEBERG ? "bucket(" + buckets + ", iceberg)" : "bucket(" + buckets + ")";
        }

        @Override
        public @Nullable Object apply(@Nullable Object value) {
            if (value == null) {
                return null;
            }
            return strategy == BucketStrategy.ICEBERG
                    ? BucketHash.iceberg(value, buckets)
                    : BucketHash.sha1(value, buckets);
        }
    }

    /** Integers are rounded toward zero to a multiple of the width; text keeps that many code points, bytes as many. */
    record Truncate(int width) implements PartitionTransform {
        @Override
        public String wireName() {
            return "truncate(" + width + ")";
        }

        @Override
        public @Nullable Object apply(@Nullable Object value) {
            if (value == null) {
                return null;
            }
            if (value instanceof Long number) {
                return number / width * width;
            }
            if (value instanceof Integer number) {
                return number / width * width;
            }
            if (value instanceof String text) {
                return text.codePointCount(0, text.length()) <= width
                        ? text
                        : text.substring(0, text.offsetByCodePoints(0, width));
            }
            if (value instanceof byte[] bytes) {
                return bytes.length <= width ? bytes : Arrays.copyOf(bytes, width);
            }
            throw new PartitionTransformException("partition transform '" + wireName() + "' cannot apply to a "
                    + value.getClass().getSimpleName() + "; use it on an integer, text or binary column");
        }
    }

    /** Spellings of parametrized transforms. */
    final class Spelling {
        private static final Pattern CALL =
                Pattern.compile("(bucket|truncate)\\(\\s*(\\d+)\\s*(?:,\\s*(default|iceberg)\\s*)?\\)");
        private static final String ALL =
                "identity, year, month, day, hour, void, bucket(n), bucket(n, iceberg), truncate(w)";

        private Spelling() {}
    }
}
