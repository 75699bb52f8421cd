package io.deltacat.client.write;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.deltacat.client.model.SortKey;
import io.deltacat.client.model.SortScheme;
import io.deltacat.client.model.WireJson;
import io.deltacat.client.model.WriteEntry;
import io.deltacat.format.file.ColumnStats;
import io.deltacat.format.file.FileStats;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WriteEntriesTest {
    @Test
    void anEntryCarriesSizesStatisticsAndTheUnsortedScheme() throws Exception {
        Map<String, ColumnStats> columns = new LinkedHashMap<>();
        columns.put("id", new ColumnStats(1L, 9L, 0));
        columns.put("raw", ColumnStats.withoutBounds(2));
        WriteEntry entry = WriteEntries.entry("/d/w.parquet", new FileStats(3, 100, 63, columns), null);
        assertThat(WireJson.clientMapper().writeValueAsString(entry))
                .isEqualTo(
                        "{\"column_stats\":{\"id\":{\"min\":1,\"max\":9,\"null_count\":0},\"raw\":{\"null_count\":2}},"
                                + "\"content_length\":100,\"entry_type\":\"data\",\"path\":\"/d/w.parquet\",\"record_count\":3,"
                                + "\"sort_scheme_id\":\"deadbeef-7277-49a4-a195-fdc8ed235d42\",\"source_content_length\":63}");
    }

    @Test
    void filesOfASortedTableClaimNoOrder() {
        SortScheme scheme = new SortScheme(null, List.of(new SortKey(List.of("id"), null, null, null)));
        FileStats stats = new FileStats(1, 1, 1, Map.of());
        assertThat(WriteEntries.entry("/d/w.parquet", stats, scheme).sortSchemeId())
                .isNull();
    }

    @Test
    void boundsHaveTheFormPythonParses() {
        assertThat(json(true, false)).isEqualTo("{\"min\":true,\"max\":false,\"null_count\":1}");
        assertThat(json(new BigInteger("18446744073709551615"), 1L)).contains("\"min\":18446744073709551615");
        assertThat(json(1.5, 2.0)).isEqualTo("{\"min\":1.5,\"max\":2.0,\"null_count\":1}");
        assertThat(json(new BigDecimal("1.50"), new BigDecimal("1E+3")))
                .isEqualTo("{\"min\":\"1.50\",\"max\":\"1000\",\"null_count\":1}");
        assertThat(json("a", "ü")).isEqualTo("{\"min\":\"a\",\"max\":\"ü\",\"null_count\":1}");
        assertThat(json(LocalDate.of(2013, 1, 31), LocalDate.of(2013, 2, 1)))
                .isEqualTo("{\"min\":\"2013-01-31\",\"max\":\"2013-02-01\",\"null_count\":1}");
        assertThat(json(LocalTime.of(0, 0), LocalTime.of(23, 59, 59, 123_000)))
                .isEqualTo("{\"min\":\"00:00:00\",\"max\":\"23:59:59.000123\",\"null_count\":1}");
        assertThat(json(LocalDateTime.of(2013, 1, 1, 0, 0), LocalDateTime.of(2013, 1, 1, 1, 2, 3, 4_000)))
                .isEqualTo("{\"min\":\"2013-01-01T00:00:00\",\"max\":\"2013-01-01T01:02:03.000004\",\"null_count\":1}");
        assertThat(json(Instant.EPOCH, Instant.parse("2013-01-01T01:02:03.5Z")))
                .isEqualTo("{\"min\":\"1970-01-01T00:00:00+00:00\",\"max\":\"2013-01-01T01:02:03.500000+00:00\","
                        + "\"null_count\":1}");
    }

    @Test
    void finerTimesAreRoundedOutwards() {
        LocalDateTime time = LocalDateTime.of(2013, 1, 1, 0, 0, 0, 1);
        assertThat(json(time, time))
                .isEqualTo("{\"min\":\"2013-01-01T00:00:00\",\"max\":\"2013-01-01T00:00:00.000001\",\"null_count\":1}");
        assertThat(json(LocalTime.MIN, LocalTime.MAX)).isEqualTo("{\"null_count\":1}");
    }

    @Test
    void whatTheWireCannotExpressHasNoBounds() {
        assertThat(json(Double.NaN, 1.0)).isEqualTo("{\"null_count\":1}");
        assertThat(json(0.0, Double.POSITIVE_INFINITY)).isEqualTo("{\"null_count\":1}");
        assertThat(json(LocalDate.of(-1, 1, 1), LocalDate.of(2013, 1, 1))).isEqualTo("{\"null_count\":1}");
        assertThat(json(Instant.EPOCH, Instant.MAX)).isEqualTo("{\"null_count\":1}");
        assertThat(json(Duration.ZERO, Duration.ZERO)).isEqualTo("{\"null_count\":1}");
    }

    private static String json(Object min, Object max) {
        try {
            return WireJson.clientMapper().writeValueAsString(WriteEntries.statistics(new ColumnStats(min, max, 1)));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
