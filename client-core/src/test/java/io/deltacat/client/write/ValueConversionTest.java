package io.deltacat.client.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltacat.format.schema.TypeNames;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ValueConversionTest {

    static Stream<Arguments> conversions() {
        return Stream.of(
                Arguments.of("int64", " 12 ", BigInteger.valueOf(12)),
                Arguments.of("int64", 3.0, BigInteger.valueOf(3)),
                Arguments.of("int64", 3.5, new BigDecimal("3.5")),
                Arguments.of("int64", true, 1),
                Arguments.of("int64", "1e99999999", "1e99999999"),
                Arguments.of("int64", Double.NaN, Double.NaN),
                Arguments.of("int64", "twelve", "twelve"),
                Arguments.of("int64", 12L, 12L),
                Arguments.of("float64", "0.5", 0.5),
                Arguments.of("float64", new BigDecimal("0.25"), 0.25),
                Arguments.of("bool", "TRUE", true),
                Arguments.of("bool", "no", "no"),
                Arguments.of("bool", 2, true),
                Arguments.of("bool", 0L, false),
                Arguments.of("string", 5, "5"),
                Arguments.of("string", new BigDecimal("1E+3"), "1000"),
                Arguments.of("string", LocalDate.of(2013, 1, 1), "2013-01-01"),
                Arguments.of("date32", "2013-01-01", LocalDate.of(2013, 1, 1)),
                Arguments.of("date32", LocalDateTime.of(2013, 1, 1, 0, 0), LocalDate.of(2013, 1, 1)),
                Arguments.of("date32", LocalDateTime.of(2013, 1, 1, 5, 0), LocalDateTime.of(2013, 1, 1, 5, 0)),
                Arguments.of("date32", "soon", "soon"),
                Arguments.of("time64[us]", "10:15:30", LocalTime.of(10, 15, 30)),
                Arguments.of("timestamp[us]", "2013-01-01 10:00:00", LocalDateTime.of(2013, 1, 1, 10, 0)),
                Arguments.of("timestamp[us]", "2013-01-01", LocalDateTime.of(2013, 1, 1, 0, 0)),
                Arguments.of("timestamp[us]", Instant.EPOCH, LocalDateTime.of(1970, 1, 1, 0, 0)),
                Arguments.of("timestamp[us, tz=UTC]", "1970-01-01T01:00:00+01:00", Instant.EPOCH),
                Arguments.of("timestamp[us, tz=UTC]", LocalDate.of(1970, 1, 1), Instant.EPOCH),
                Arguments.of("timestamp[us, tz=UTC]", "1970-01-01", "1970-01-01"));
    }

    /** What loses something, or spells nothing of the type, is left for the check that refuses it. */
    @ParameterizedTest
    @MethodSource("conversions")
    void convertsWhereNothingIsLost(String type, Object value, Object expected) {
        assertThat(ValueConversion.convert(TypeNames.field("c", type, true), value))
                .isEqualTo(expected);
    }
}
