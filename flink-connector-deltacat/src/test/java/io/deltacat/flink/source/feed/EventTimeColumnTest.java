package io.deltacat.flink.source.feed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.deltacat.client.model.ColumnStatistics;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventTimeColumnTest {
    private final EventTimeColumn column = new EventTimeColumn("ts");

    private static Map<String, ColumnStatistics> min(@Nullable JsonNode min, long nulls) {
        return Map.of("ts", new ColumnStatistics(min, null, nulls));
    }

    @ParameterizedTest
    @CsvSource({
        "1970-01-01T00:00:01.500,1500",
        "1970-01-01T00:00:01.500999,1500",
        "1970-01-01T01:00:00+01:00,0",
        "1970-01-01 00:00:02,2000",
        "1969-12-31T23:59:59.999900,-1",
        "2026-01-31T08:00:00Z,1769846400000"
    })
    void theBoundIsRoundedDownToMilliseconds(String text, long millis) {
        assertThat(column.earliest(min(TextNode.valueOf(text), 0), "parquet", 9))
                .isEqualTo(millis);
    }

    @Test
    void withoutStatisticsNothingIsKnown() {
        assertThat(column.earliest(Map.of(), "parquet", 9)).isEqualTo(EventTimeColumn.UNKNOWN);
        assertThat(column.earliest(min(null, 3), "parquet", 9)).isEqualTo(EventTimeColumn.UNKNOWN);
        assertThat(column.earliest(min(TextNode.valueOf("soon"), 0), "parquet", 9))
                .isEqualTo(EventTimeColumn.UNKNOWN);
    }

    @Test
    void textFilesAreNotBelieved() {
        assertThat(column.earliest(min(TextNode.valueOf("2026-01-31T08:00:00"), 0), "csv", 9))
                .isEqualTo(EventTimeColumn.UNKNOWN);
    }

    @Test
    void aFileWithoutAnyTimeHoldsNothingBack() {
        assertThat(column.earliest(min(null, 9), "parquet", 9)).isEqualTo(EventTimeColumn.NONE);
    }
}
