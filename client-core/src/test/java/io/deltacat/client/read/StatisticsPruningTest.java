package io.deltacat.client.read;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.LongNode;
import io.deltacat.client.filter.Filter;
import io.deltacat.client.filter.Filters;
import io.deltacat.client.model.ColumnStatistics;
import io.deltacat.client.model.DataFile;
import io.deltacat.client.model.DataFileBuilder;
import io.deltacat.client.read.file.StoredFile;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatisticsPruningTest {
    private static final Schema NOW = schema(new ArrowType.Int(64, true));
    private static final Filter ABOVE = Filters.gt("n", 100);

    private static Schema schema(ArrowType type) {
        return new Schema(List.of(Field.nullable("n", type)));
    }

    private static DataFile upTo(long max) {
        return DataFileBuilder.builder()
                .path("f")
                .recordCount(3L)
                .columnStats(Map.of("n", new ColumnStatistics(LongNode.valueOf(0), LongNode.valueOf(max), 0L)))
                .build();
    }

    private static boolean mayMatch(String contentType, Schema stored, long max) {
        return new StatisticsPruning(ABOVE, NOW).mayMatch(upTo(max), new StoredFile("f", contentType, null, stored));
    }

    @ParameterizedTest
    @ValueSource(strings = {"parquet", "avro", "feather", "orc"})
    void filesWhoseStatisticsRuleAllRowsOutAreLeftOut(String contentType) {
        assertThat(mayMatch(contentType, NOW, 100)).isFalse();
        assertThat(mayMatch(contentType, NOW, 101)).isTrue();
        assertThat(mayMatch(contentType, null, 100)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv", "tsv", "psv", "unescaped_tsv", "json", "lance", "unheard/of"})
    void statisticsOfTextAndLanceAreNotBelieved(String contentType) {
        assertThat(mayMatch(contentType, NOW, 100)).isTrue();
    }

    @Test
    void statisticsOfAColumnThatHadAnotherTypeAreNotBelieved() {
        assertThat(mayMatch("parquet", schema(ArrowType.Utf8.INSTANCE), 100)).isTrue();
        assertThat(mayMatch("parquet", schema(new ArrowType.Int(32, true)), 100))
                .isFalse();
        assertThat(mayMatch("parquet", new Schema(List.of()), 100)).isTrue();
    }
}
