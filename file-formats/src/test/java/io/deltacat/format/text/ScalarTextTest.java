package io.deltacat.format.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.SplittableRandom;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ScalarTextTest {
    private static final long SEED = 7;

    @ParameterizedTest
    @EnumSource(TimeUnit.class)
    void timestampsComeBackFromTheirText(TimeUnit unit) {
        SplittableRandom random = new SplittableRandom(SEED);
        long far = Long.MAX_VALUE / (TimeUnit.SECOND == unit ? 4096 : 1);
        for (int i = 0; i < 2000; i++) {
            long value = i == 0 ? -far - (unit == TimeUnit.SECOND ? 0 : 1) : random.nextLong(-far, far);
            StringBuilder text = new StringBuilder();
            TemporalText.appendTimestamp(text, value, unit, i % 2 == 0 ? ' ' : 'T');
            char[] characters = (text + (i % 3 == 0 ? "Z" : "")).toCharArray();
            if (characters.length > 40) {
                continue;
            }
            assertThat(TemporalText.parseTimestamp(characters, 0, characters.length, unit))
                    .as("%s, seed %d", text, SEED)
                    .isEqualTo(value);
        }
    }

    @Test
    void offsetsAndShortFormsAreUnderstood() {
        assertThat(timestamp("1970-01-01")).isZero();
        assertThat(timestamp("1970-01-01T00:01")).isEqualTo(60_000);
        assertThat(timestamp("1969-12-31 19:00:00.5-0500")).isEqualTo(500);
        assertThat(timestamp("1970-01-01T05:30:00+05:30")).isZero();
        assertThat(timestamp("1970-01-01T01:00:00.001000000+01")).isEqualTo(1);
        assertThat(TemporalText.parseDuration("-PT1.5S".toCharArray(), 0, 7, TimeUnit.MILLISECOND))
                .isEqualTo(-1500);
        assertThat(TemporalText.parseDuration("P0D".toCharArray(), 0, 3, TimeUnit.SECOND))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "1970",
                "1970-1-1",
                "1970-02-30",
                "1970-01-01 24:00:00",
                "1970-01-01 00:00:00.0001",
                "1970-01-01 00:00:00.",
                "1970-01-01x00:00",
                "1970-01-01 00:00:00+",
                "1970-01-01 00:00:00Zz",
                "99999999999-01-01",
                "999999999-01-01 00:00:00",
                "1970-01-01 00:60"
            })
    void otherTextIsNoTimestamp(String text) {
        assertThatThrownBy(() -> timestamp(text)).isInstanceOf(MalformedTextException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "1.5", "128", "-129", "1e99", "1e999999999", "0x1", "1_0", " 1"})
    void otherTextIsNoInteger(String text) {
        assertThatThrownBy(
                        () -> NumberText.parseInteger(text.toCharArray(), 0, text.length(), new ArrowType.Int(8, true)))
                .isInstanceOf(MalformedTextException.class);
    }

    @Test
    void wholeNumbersInOtherSpellingsAreIntegers() {
        ArrowType.Int unsigned = new ArrowType.Int(64, false);
        assertThat(NumberText.parseInteger("1.2e1".toCharArray(), 0, 5, unsigned))
                .isEqualTo(12);
        char[] largest = "18446744073709551615".toCharArray();
        assertThat(NumberText.parseInteger(largest, 0, largest.length, unsigned))
                .isEqualTo(-1);
        assertThatThrownBy(() -> NumberText.parseInteger("-1".toCharArray(), 0, 2, unsigned))
                .isInstanceOf(MalformedTextException.class);
    }

    @Test
    void decimalsKeepEveryDigitOrAreRefused() {
        ArrowType.Decimal type = new ArrowType.Decimal(5, 2, 128);
        assertThat(NumberText.parseUnscaled("-1E-2".toCharArray(), 0, 5, type)).isEqualTo(BigInteger.valueOf(-1));
        assertThat(NumberText.parseUnscaled("1.500".toCharArray(), 0, 5, type)).isEqualTo(BigInteger.valueOf(150));
        for (String text : new String[] {"1.005", "1000", "1e400", "1e-2147483648", ""}) {
            assertThatThrownBy(() -> NumberText.parseUnscaled(text.toCharArray(), 0, text.length(), type))
                    .isInstanceOf(MalformedTextException.class);
        }
    }

    @Test
    void javaSuffixesAreNoNumbers() {
        for (String text : new String[] {"1d", "1f", "0x1p3", "NaNd", "e", "--1"}) {
            assertThatThrownBy(() -> NumberText.parseDouble(text.toCharArray(), 0, text.length()))
                    .isInstanceOf(MalformedTextException.class);
        }
        assertThat(NumberText.parseDouble("-Infinity".toCharArray(), 0, 9)).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    private static long timestamp(String text) {
        return TemporalText.parseTimestamp(text.toCharArray(), 0, text.length(), TimeUnit.MILLISECOND);
    }
}
