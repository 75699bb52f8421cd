package io.deltacat.server.machine.scan;

import com.fasterxml.jackson.databind.JsonNode;
import io.deltacat.client.filter.ColumnDomain;
import io.deltacat.client.filter.ColumnType;
import io.deltacat.client.partition.PartitionTransform;
import io.deltacat.client.partition.PartitionTransform.Component;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.jspecify.annotations.Nullable;

/** Turns the partition values over one column into bounds of that column. */
final class PartitionDomains {
    /** More than any zone is away from UTC: calendar components are those of the column's own zone. */
    private static final long LARGEST_ZONE_OFFSET_HOURS = 24;

    private PartitionDomains() {}

    static ColumnDomain of(List<PartitionKeyFact> facts, boolean emptyTextForNull) {
        PartitionKeyFact first = facts.get(0);
        ColumnType type = ColumnType.of(first.type());
        ColumnDomain domain = ColumnDomain.unknown(type);
        Map<Component, Integer> calendar = new EnumMap<>(Component.class);
        for (PartitionKeyFact fact : facts) {
            if (fact.transform() instanceof PartitionTransform.Void) {
                continue;
            }
            if (fact.value().isNull()) {
                boolean seenAsText = emptyTextForNull && type == ColumnType.TEXT;
                return seenAsText ? domain : new ColumnDomain(type, null, null, true, false);
            }
            domain = intersect(domain, bounds(fact, type));
            if (fact.transform() instanceof PartitionTransform.Calendar component
                    && fact.value().canConvertToInt()) {
                calendar.put(component.component(), fact.value().intValue());
            }
        }
        return calendar.isEmpty() ? domain : intersect(domain, period(type, first.type(), calendar));
    }

    private static ColumnDomain bounds(PartitionKeyFact fact, ColumnType type) {
        PartitionTransform transform = fact.transform();
        JsonNode value = fact.value();
        if (transform instanceof PartitionTransform.Identity) {
            Optional<Comparable<?>> known = type.comparable(value);
            return known.isPresent() ? ColumnDomain.constant(type, known) : notNull(type);
        }
        if (transform instanceof PartitionTransform.Truncate truncate) {
            if (type == ColumnType.EXACT && value.isIntegralNumber()) {
                return truncated(type, value.decimalValue(), BigDecimal.valueOf(truncate.width() - 1L));
            }
            if (type == ColumnType.TEXT && value.isTextual()) {
                return prefixed(type, value.textValue(), truncate.width());
            }
        }
        return notNull(type);
    }

    private static ColumnDomain notNull(ColumnType type) {
        return new ColumnDomain(type, null, null, false, true);
    }

    /** Integers are rounded toward zero, so the multiple 0 stands for both sides of it. */
    private static ColumnDomain truncated(ColumnType type, BigDecimal multiple, BigDecimal reach) {
        BigDecimal min = multiple.signum() > 0 ? multiple : multiple.subtract(reach);
        BigDecimal max = multiple.signum() < 0 ? multiple : multiple.add(reach);
        return new ColumnDomain(type, new ColumnType.Exact(min), new ColumnType.Exact(max), false, true);
    }

    private static ColumnDomain prefixed(ColumnType type, String prefix, int width) {
        if (prefix.codePointCount(0, prefix.length()) < width) {
            return ColumnDomain.constant(type, Optional.of(new ColumnType.Utf8(prefix)));
        }
        return new ColumnDomain(type, new ColumnType.Utf8(prefix), successor(prefix), false, true);
    }

    /** The first text after all that begin with a prefix; null if there is none. */
    private static ColumnType.@Nullable Utf8 successor(String prefix) {
        int end = prefix.length();
        while (end > 0) {
            int last = prefix.codePointBefore(end);
            end -= Character.charCount(last);
            if (last < Character.MAX_CODE_POINT) {
                int next = last + 1 == Character.MIN_SURROGATE ? Character.MAX_SURROGATE + 1 : last + 1;
                return new ColumnType.Utf8(prefix.substring(0, end) + Character.toString(next));
            }
        }
        return null;
    }

    /** The time that year, year and month, and so on, name together; a month alone names none. */
    private static ColumnDomain period(ColumnType type, ArrowType arrow, Map<Component, Integer> calendar) {
        Integer year = calendar.get(Component.YEAR);
        boolean timeline = type == ColumnType.DATE || type == ColumnType.TIMESTAMP;
        if (year == null || !timeline) {
            return notNull(type);
        }
        try {
            LocalDateTime start = LocalDateTime.of(year, 1, 1, 0, 0);
            LocalDateTime end = start.plusYears(1);
            Integer month = calendar.get(Component.MONTH);
            if (month != null) {
                start = start.withMonth(month);
                end = start.plusMonths(1);
                Integer day = calendar.get(Component.DAY);
                if (day != null) {
                    start = start.withDayOfMonth(day);
                    end = start.plusDays(1);
                    Integer hour = calendar.get(Component.HOUR);
                    if (hour != null) {
                        start = start.withHour(hour);
                        end = start.plusHours(1);
                    }
                }
            }
            if (arrow instanceof ArrowType.Timestamp timestamp && timestamp.getTimezone() != null) {
                start = start.minusHours(LARGEST_ZONE_OFFSET_HOURS);
                end = end.plusHours(LARGEST_ZONE_OFFSET_HOURS);
            }
            return new ColumnDomain(
                    type,
                    ColumnType.nanos(start.toInstant(ZoneOffset.UTC)),
                    ColumnType.nanos(end.toInstant(ZoneOffset.UTC)),
                    false,
                    true);
        } catch (DateTimeException e) {
            return notNull(type);
        }
    }

    /** What both prove together. */
    static ColumnDomain intersect(ColumnDomain one, ColumnDomain other) {
        return new ColumnDomain(
                one.type(),
                tighter(one.min(), other.min(), 1),
                tighter(one.max(), other.max(), -1),
                one.mayHaveNull() && other.mayHaveNull(),
                one.mayHaveValue() && other.mayHaveValue());
    }

    private static @Nullable Comparable<?> tighter(
            @Nullable Comparable<?> one, @Nullable Comparable<?> other, int sign) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return sign * compare(one, other) >= 0 ? one : other;
    }

    /** Compares two values in the form of one column type. */
    @SuppressWarnings("unchecked")
    static int compare(Comparable<?> one, Comparable<?> other) {
        return ((Comparable<Object>) one).compareTo(other);
    }
}
