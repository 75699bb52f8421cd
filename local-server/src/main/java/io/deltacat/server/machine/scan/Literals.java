package io.deltacat.server.machine.scan;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.apache.arrow.vector.types.pojo.ArrowType;

/** Brings filter literals to the values that partition transforms take, where exactly one value of the column can be meant. */
final class Literals {
    private static final int DATE_LENGTH = 10;

    private Literals() {}

    /** The value; empty if the literal may equal several values of the column, or none that is known. */
    static Optional<Object> valueOf(ArrowType type, JsonNode literal) {
        try {
            if (type instanceof ArrowType.Bool) {
                return literal.isBoolean() ? Optional.of(literal.booleanValue()) : Optional.empty();
            }
            if (type instanceof ArrowType.Int) {
                boolean exact = literal.isIntegralNumber() && literal.canConvertToLong();
                return exact ? Optional.of(literal.longValue()) : Optional.empty();
            }
            if (!literal.isTextual()) {
                return Optional.empty();
            }
            String text = literal.textValue();
            if (type instanceof ArrowType.Utf8
                    || type instanceof ArrowType.LargeUtf8
                    || type instanceof ArrowType.Utf8View) {
                return Optional.of(text);
            }
            if (type instanceof ArrowType.Date) {
                return text.length() == DATE_LENGTH ? Optional.of(LocalDate.parse(text)) : Optional.empty();
            }
            if (type instanceof ArrowType.Timestamp timestamp) {
                return Optional.of(timestamp(timestamp, text));
            }
            return Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Object timestamp(ArrowType.Timestamp type, String text) {
        String iso = text.length() > DATE_LENGTH ? text.substring(0, DATE_LENGTH) + 'T' + text.substring(11) : text;
        OffsetDateTime time;
        if (iso.length() <= DATE_LENGTH) {
            time = LocalDate.parse(iso).atStartOfDay().atOffset(ZoneOffset.UTC);
        } else if (iso.endsWith("Z") || iso.indexOf('+', 11) > 0 || iso.indexOf('-', 11) > 0) {
            time = OffsetDateTime.parse(iso);
        } else {
            time = LocalDateTime.parse(iso).atOffset(ZoneOffset.UTC);
        }
        String zone = type.getTimezone();
        return zone == null || zone.isEmpty()
                ? time.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime()
                : time.atZoneSameInstant(ZoneId.of(zone));
    }
}
