package io.deltacat.flink.table.filter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Optional;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.expressions.ValueLiteralExpression;
import org.apache.flink.table.types.logical.LogicalType;

/** JSON forms of SQL literals, as column statistics have them (protocol/data-plane.md §1.6). Stateless. */
@Internal
final class FilterLiterals {
    private static final JsonNodeFactory JSON = JsonNodeFactory.withExactBigDecimals(true);

    private FilterLiterals() {}

    /** Returns the JSON scalar of a literal, or empty for NULL and for types that statistics do not compare. */
    static Optional<JsonNode> json(ValueLiteralExpression literal) {
        LogicalType type = literal.getOutputDataType().getLogicalType();
        return switch (type.getTypeRoot()) {
            case BOOLEAN -> literal.getValueAs(Boolean.class).map(JSON::booleanNode);
            case TINYINT, SMALLINT, INTEGER, BIGINT, DECIMAL ->
                literal.getValueAs(BigDecimal.class).map(JSON::numberNode);
            case FLOAT, DOUBLE ->
                literal.getValueAs(Double.class).filter(Double::isFinite).map(JSON::numberNode);
            case CHAR, VARCHAR -> literal.getValueAs(String.class).map(JSON::textNode);
            case DATE -> literal.getValueAs(LocalDate.class).map(date -> JSON.textNode(date.toString()));
            case TIME_WITHOUT_TIME_ZONE ->
                literal.getValueAs(LocalTime.class).map(time -> JSON.textNode(time.toString()));
            case TIMESTAMP_WITHOUT_TIME_ZONE ->
                literal.getValueAs(LocalDateTime.class).map(timestamp -> JSON.textNode(timestamp.toString()));
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                literal.getValueAs(Instant.class).map(instant -> JSON.textNode(instant.toString()));
            default -> Optional.empty();
        };
    }
}
