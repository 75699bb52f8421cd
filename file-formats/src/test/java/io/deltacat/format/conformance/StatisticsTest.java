package io.deltacat.format.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltacat.format.file.ColumnStats;
import io.deltacat.format.file.FileStats;
import io.deltacat.format.schema.TypeNames;
import io.deltacat.format.stats.StatsCollector;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

/** What the formats written row by row say about a column. */
final class StatisticsTest {

    @Test
    void boundsArePlainJavaValues() {
        assertBounds("int32", -5L, 7L, "7", null, "-5");
        assertBounds("uint64", BigInteger.ONE, new BigInteger("18446744073709551615"), "18446744073709551615", "1");
        assertBounds("bool", false, true, true, false);
        assertBounds("date32", LocalDate.of(1969, 12, 31), LocalDate.EPOCH, "0", "-1");
        assertBounds("date64", LocalDate.of(1969, 12, 31), LocalDate.EPOCH, "0", "-86400000");
        assertBounds("time64[us]", LocalTime.MIDNIGHT, LocalTime.of(0, 0, 1), "1000000", "0");
        assertBounds(
                "timestamp[ms]",
                LocalDateTime.of(1970, 1, 1, 0, 0),
                LocalDateTime.of(1970, 1, 1, 0, 0, 1),
                "1000",
                "0");
        assertBounds("timestamp[us, tz=UTC]", Instant.ofEpochSecond(-1), Instant.EPOCH, "0", "-1000000");
        assertBounds("decimal128(9, 2)", new BigDecimal("-0.01"), new BigDecimal("1.00"), "100", "-1");
        assertBounds("decimal128(30, 2)", new BigDecimal("-0.01"), new BigDecimal("1.00"), "100", "-1");
        assertBounds("string", "Z", "\ud83d\ude00", "a", "\ud83d\ude00", "Z", "\uffee");
    }

    @Test
    void somethingsHaveNoBounds() {
        assertNoBounds("binary", 0, "00");
        assertNoBounds("duration[us]", 1, "5", null);
        assertNoBounds("float64", 0, "nan", "0000000000000000");
        assertNoBounds("float64", 0, "7ff0000000000000");
        assertNoBounds("string", 2, null, null);
        assertNoBounds("string", 0, "x".repeat(1025));
        assertNoBounds("list<item: int64>", 1, List.of("1"), null);
        assertNoBounds("timestamp[s]", 0, Long.toString(Long.MAX_VALUE));
    }

    @Test
    void sourceLengthIsThatOfArrowColumns() {
        assertThat(collect("int64", "1", "2", null).sourceContentLength()).isEqualTo(3 * 8 + 1);
        assertThat(collect("string", "ab", "c").sourceContentLength()).isEqualTo(3 * 4 + 3);
        assertThat(collect("bool", true, false).sourceContentLength()).isEqualTo(1);
        assertThat(collect("list<item: int32>", List.of("1", "2"), List.of()).sourceContentLength())
                .isEqualTo(2 * 4 + 2 * 4);
    }

    private static void assertBounds(String type, Object min, Object max, Object... values) {
        ColumnStats stats = collect(type, values).columns().get("c");
        assertThat(stats.min()).isEqualTo(min);
        assertThat(stats.max()).isEqualTo(max);
    }

    private static void assertNoBounds(String type, long nulls, Object... values) {
        assertThat(collect(type, values).columns().get("c")).isEqualTo(ColumnStats.withoutBounds(nulls));
    }

    private static FileStats collect(String type, Object... values) {
        Schema schema = new Schema(List.of(TypeNames.field("c", type, true)));
        StatsCollector<List<Object>> stats = new StatsCollector<>(schema, new CanonicalAccessor(schema.getFields()));
        for (Object value : values) {
            stats.add(Arrays.asList(value));
        }
        return stats.finish(10);
    }
}
