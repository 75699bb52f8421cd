package io.deltacat.client.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionTransformTest {

    /** Rows of [type, transform, value, result] as the Python client 0.1.67 computed them. */
    static Stream<JsonNode> pythonResults() throws IOException {
        try (InputStream in = PartitionTransformTest.class.getResourceAsStream("/partition/python-transforms.json")) {
            return StreamSupport.stream(new ObjectMapper().readTree(in).spliterator(), false);
        }
    }

    @ParameterizedTest
    @MethodSource("pythonResults")
    void agreesWithThePythonClient(JsonNode row) {
        String type = row.get(0).textValue();
        Object value = row.get(2).isNull() ? null : value(type, row.get(2).textValue());
        Object result = PartitionTransform.parse(row.get(1).textValue()).apply(value);
        JsonNode expected = row.get(3);
        assertThat(result == null ? null : result.toString())
                .as("%s", row)
                .isEqualTo(expected.isNull() ? null : expected.asText());
    }

    private static Object value(String type, String text) {
        return switch (type) {
            case "int64" -> Long.parseLong(text);
            case "string" -> text;
            case "float32" -> Float.parseFloat(text);
            case "float64" ->
                switch (text) {
                    case "nan" -> Double.NaN;
                    case "inf" -> Double.POSITIVE_INFINITY;
                    default -> Double.parseDouble(text);
                };
            case "bool" -> Boolean.parseBoolean(text);
            case "date32" -> LocalDate.parse(text);
            case "timestamp_us" -> LocalDateTime.parse(text);
            case "timestamp_us_utc" -> OffsetDateTime.parse(text).atZoneSameInstant(ZoneId.of("UTC"));
            case "timestamp_us_ny" -> OffsetDateTime.parse(text).atZoneSameInstant(ZoneId.of("America/New_York"));
            case "decimal(18,2)", "decimal(20,10)" -> new BigDecimal(text);
            case "binary" -> HexFormat.of().parseHex(text);
            case "time64_us" -> LocalTime.parse(text);
            default -> throw new IllegalArgumentException(type);
        };
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "identity",
                "year",
                "month",
                "day",
                "hour",
                "void",
                "bucket(4)",
                "bucket(4, iceberg)",
                "truncate(3)"
            })
    void wireNameReadsBackAsTheSameTransform(String text) {
        PartitionTransform transform = PartitionTransform.parse(text);
        assertThat(transform.wireName()).isEqualTo(text);
        assertThat(PartitionTransform.parse(" " + text.toUpperCase(java.util.Locale.ROOT) + " "))
                .isEqualTo(transform);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bucket", "bucket(0)", "bucket(-1)", "truncate(99999999999)", "week", "bucket(4, murmur)"})
    void anUnknownTransformIsRefusedByName(String text) {
        assertThatThrownBy(() -> PartitionTransform.parse(text))
                .isInstanceOf(PartitionTransformException.class)
                .hasMessageContaining(text.length() > 12 ? "partition transform" : text);
    }

    @Test
    void aTransformWithoutMeaningForTheTypeNamesBoth() {
        assertThatThrownBy(() -> PartitionTransform.parse("hour").apply("noon"))
                .hasMessageContaining("'hour'")
                .hasMessageContaining("String");
        assertThatThrownBy(() -> PartitionTransform.parse("hour").apply(LocalDate.EPOCH))
                .isInstanceOf(PartitionTransformException.class);
    }
}
