package io.deltacat.e2e;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.flink.types.Row;

/** One text form for every value, the same as {@code peer_values.py} in Python, so that rows can be compared exactly. */
final class PeerValue {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final BigInteger BILLION = BigInteger.valueOf(1_000_000_000);

    private PeerValue() {}

    /** The form of a row: an array with one element per column. */
    static JsonNode of(Row row) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (int column = 0; column < row.getArity(); column++) {
            array.add(value(row.getField(column)));
        }
        return array;
    }

    /** The forms of rows, sorted by their first column, which must be a whole number. */
    static List<JsonNode> of(Iterable<Row> rows) {
        List<JsonNode> all = new ArrayList<>();
        rows.forEach(row -> all.add(of(row)));
        all.sort(Comparator.comparingLong(row -> row.get(0).asLong()));
        return all;
    }

    /** The form of a row that is given by its values, in the order of the columns. */
    static JsonNode ofValues(Iterable<?> values) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        values.forEach(value -> array.add(value(value)));
        return array;
    }

    private static JsonNode value(Object value) {
        if (value == null) {
            return NullNode.getInstance();
        }
        if (value instanceof Map<?, ?> map) {
            List<ArrayNode> pairs = new ArrayList<>();
            map.forEach((key, element) -> pairs.add(
                    JsonNodeFactory.instance.arrayNode().add(value(key)).add(value(element))));
            pairs.sort(Comparator.comparing(pair -> pair.get(0).asText()));
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            object.putArray("map").addAll(pairs);
            return object;
        }
        if (value instanceof Row row) {
            return of(row);
        }
        if (value.getClass().isArray() && !(value instanceof byte[])) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            for (int element = 0; element < Array.getLength(value); element++) {
                array.add(value(Array.get(value, element)));
            }
            return array;
        }
        return TextNode.valueOf(text(value));
    }

    private static String text(Object value) {
        if (value instanceof Boolean || value instanceof Number && isInteger((Number) value)) {
            return value.toString();
        }
        if (value instanceof Float number) {
            return "f32:" + HexFormat.of().toHexDigits(Float.floatToIntBits(number));
        }
        if (value instanceof Double number) {
            return "f64:" + HexFormat.of().toHexDigits(Double.doubleToLongBits(number));
        }
        if (value instanceof BigDecimal number) {
            return number.toPlainString();
        }
        if (value instanceof String string) {
            return "s:" + string;
        }
        if (value instanceof byte[] bytes) {
            return "x:" + HexFormat.of().formatHex(bytes);
        }
        if (value instanceof LocalDate date) {
            return date.toString();
        }
        if (value instanceof LocalTime time) {
            return "t:" + time.toNanoOfDay();
        }
        if (value instanceof LocalDateTime time) {
            return "l:" + nanos(time.toInstant(ZoneOffset.UTC));
        }
        if (value instanceof Instant instant) {
            return "i:" + nanos(instant);
        }
        throw new IllegalArgumentException("no text form for " + value.getClass());
    }

    private static boolean isInteger(Number number) {
        return number instanceof Byte || number instanceof Short || number instanceof Integer || number instanceof Long;
    }

    private static BigInteger nanos(Instant instant) {
        return BigInteger.valueOf(instant.getEpochSecond())
                .multiply(BILLION)
                .add(BigInteger.valueOf(instant.getNano()));
    }

    /** One line per row, for readable differences. */
    static List<String> lines(List<JsonNode> rows) throws JsonProcessingException {
        List<String> lines = new ArrayList<>();
        for (JsonNode row : rows) {
            lines.add(JSON.writeValueAsString(row));
        }
        return lines;
    }
}
