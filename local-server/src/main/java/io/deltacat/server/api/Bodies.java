package io.deltacat.server.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.deltacat.client.model.WireJson;
import io.deltacat.server.machine.Refusal;
import io.deltacat.server.machine.RefusalKind;
import io.deltacat.server.machine.RefusedException;
import java.io.IOException;

/** Decodes request bodies without guessing: a wrong type, a missing field or, in a closed body, an unknown key is refused by name. */
final class Bodies {
    private static final JsonMapper CLOSED = mapper(true);
    private static final JsonMapper OPEN = mapper(false);

    private Bodies() {}

    /** The body as a JSON object. */
    static ObjectNode object(Request request) {
        JsonNode body;
        try {
            body = OPEN.readTree(request.body());
        } catch (JsonProcessingException e) {
            throw Refusal.of(
                            RefusalKind.MALFORMED,
                            "the request body is no JSON: " + Texts.shorten(String.valueOf(e.getOriginalMessage())))
                    .asException();
        } catch (
                NumberFormatException
                        e) { // digits without measure, which the parser does not turn into its own exception
            throw Refusal.of(
                            RefusalKind.MALFORMED,
                            "the request body holds a number that is out of range: "
                                    + Texts.shorten(String.valueOf(e.getMessage())))
                    .asException();
        } catch (IOException e) {
            throw Refusal.of(RefusalKind.MALFORMED, "the request body cannot be read as UTF-8 JSON")
                    .asException();
        }
        if (body instanceof ObjectNode object) {
            return object;
        }
        throw Refusal.of(RefusalKind.INVALID_FIELD, "the request body is no JSON object; send one")
                .asException();
    }

    /** Decodes a body that may hold only the keys of its record. */
    static <T> T closed(ObjectNode body, Class<T> type, String... required) {
        return decode(CLOSED, body, type, required);
    }

    /** Decodes a body that may hold further keys, which are ignored. */
    static <T> T open(ObjectNode body, Class<T> type, String... required) {
        return decode(OPEN, body, type, required);
    }

    /** Decodes a part of a body. */
    static <T> T part(String field, JsonNode part, Class<T> type) {
        try {
            return CLOSED.treeToValue(part, type);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw refused(field, e);
        }
    }

    /** Takes a key out of a body, as text. */
    static java.util.Optional<String> takeText(ObjectNode body, String key) {
        JsonNode value = body.remove(key);
        if (value == null || value.isNull()) {
            return java.util.Optional.empty();
        }
        if (!value.isTextual()) {
            throw invalid(key, "is no string");
        }
        return java.util.Optional.of(value.textValue());
    }

    /** A refusal that names a field. */
    static RefusedException invalid(String field, String why) {
        return Refusal.of(RefusalKind.INVALID_FIELD, "field '" + field + "' " + why)
                .with("field", field)
                .asException();
    }

    private static <T> T decode(JsonMapper mapper, ObjectNode body, Class<T> type, String... required) {
        for (String field : required) {
            JsonNode value = body.get(field);
            if (value == null || value.isNull()) {
                throw invalid(field, "is missing; the request needs it");
            }
        }
        try {
            return mapper.treeToValue(body, type);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw refused("", e);
        }
    }

    private static RefusedException refused(String prefix, Exception failure) {
        if (!(failure instanceof JsonMappingException mapping)) {
            return invalid(prefix, "cannot be read");
        }
        String path = path(mapping);
        String field = prefix.isEmpty() || path.isEmpty() ? prefix + path : prefix + "." + path;
        if (mapping instanceof UnrecognizedPropertyException) {
            return invalid(field, "is not known here; leave it out");
        }
        if (mapping instanceof InvalidFormatException format) {
            return invalid(
                    field,
                    "is '" + Texts.shorten(String.valueOf(format.getValue())) + "'; expected " + typeName(format));
        }
        if (mapping instanceof MismatchedInputException mismatch) {
            return invalid(field, "has the wrong type; expected " + typeName(mismatch));
        }
        return invalid(field, "cannot be read: " + Texts.shorten(String.valueOf(mapping.getOriginalMessage())));
    }

    private static String typeName(MismatchedInputException failure) {
        Class<?> type = failure.getTargetType();
        if (type == null) {
            return "another type";
        }
        if (type == String.class) {
            return "a string";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type == long.class || type == Long.class || type == int.class || type == Integer.class) {
            return "a whole number";
        }
        return Iterable.class.isAssignableFrom(type) ? "a list" : "an object";
    }

    private static String path(JsonMappingException failure) {
        StringBuilder path = new StringBuilder();
        for (JsonMappingException.Reference step : failure.getPath()) {
            if (step.getFieldName() != null) {
                path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
            } else {
                path.append('[').append(step.getIndex()).append(']');
            }
        }
        return path.toString();
    }

    private static JsonMapper mapper(boolean closed) {
        return WireJson.serverMapper()
                .rebuild()
                .configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, closed)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .withCoercionConfig(
                        LogicalType.Textual,
                        config -> config.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
                .build();
    }
}
