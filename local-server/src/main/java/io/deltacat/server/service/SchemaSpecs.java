package io.deltacat.server.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.deltacat.client.model.MergeOrder;
import io.deltacat.client.model.SchemaField;
import io.deltacat.client.model.SchemaFieldBuilder;
import io.deltacat.client.model.SchemaFieldInput;
import io.deltacat.format.FormatException;
import io.deltacat.format.schema.ArrowSchemas;
import io.deltacat.format.schema.FieldMetadata;
import io.deltacat.format.schema.TypeNames;
import io.deltacat.server.machine.FieldIds;
import io.deltacat.server.machine.FieldRules;
import io.deltacat.server.machine.Refusal;
import io.deltacat.server.machine.RefusalKind;
import io.deltacat.server.machine.RefusedException;
import io.deltacat.server.machine.SchemaSpec;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** Makes table schemas from what requests carry (protocol/control-plane.md §6.2). */
final class SchemaSpecs {
    private SchemaSpecs() {}

    /** From a base64 Arrow IPC schema; columns without a usable field id get one. */
    static SchemaSpec ofSerialized(String field, String serialized) {
        try {
            return ofArrow(field, FieldIds.assigned(ArrowSchemas.fromBase64(serialized)));
        } catch (FormatException e) {
            throw refused(field, e.getMessage());
        }
    }

    /** From a list of field objects. */
    static SchemaSpec ofFields(String field, List<SchemaFieldInput> inputs) {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            fields.add(arrowField(field + "[" + i + "]", inputs.get(i)));
        }
        FieldIds.refuseRepeated(field, fields);
        return ofArrow(field, FieldIds.assigned(new Schema(fields)));
    }

    /** From an Arrow schema whose columns have their ids. */
    static SchemaSpec ofArrow(String where, Schema schema) {
        List<SchemaField> fields = new ArrayList<>();
        List<String> mergeKeys = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < schema.getFields().size(); i++) {
            Field field = schema.getFields().get(i);
            FieldRules.check(where + "[" + i + "]", field);
            if (!names.add(field.getName())) {
                throw refused(where, "column '" + field.getName() + "' appears twice; names must differ");
            }
            fields.add(show(field));
            if (FieldMetadata.isMergeKey(field)) {
                mergeKeys.add(field.getName());
            }
        }
        FieldRules.checkTogether(where, schema.getFields());
        return new SchemaSpec(ArrowSchemas.toBase64(schema), fields, mergeKeys);
    }

    private static SchemaField show(Field field) {
        OptionalInt fieldId = FieldMetadata.fieldId(field);
        return SchemaFieldBuilder.builder()
                .name(field.getName())
                .type(TypeNames.nameOf(field))
                .nullable(field.isNullable())
                .fieldId(fieldId.isPresent() ? (long) fieldId.getAsInt() : null)
                .isMergeKey(FieldMetadata.isMergeKey(field))
                .isEventTime(FieldMetadata.isEventTime(field))
                .consistencyType(FieldMetadata.consistencyType(field).orElse(null))
                .doc(FieldMetadata.doc(field).orElse(null))
                .pastDefault(json(FieldMetadata.pastDefault(field)))
                .futureDefault(json(FieldMetadata.futureDefault(field)))
                .mergeOrder(mergeOrder(field))
                .build();
    }

    private static @Nullable MergeOrder mergeOrder(Field field) {
        Optional<Object> packed = FieldMetadata.mergeOrder(field);
        if (packed.isPresent() && packed.get() instanceof List<?> parts && parts.size() == 2) {
            return new MergeOrder(String.valueOf(parts.get(1)), String.valueOf(parts.get(0)));
        }
        return null;
    }

    private static @Nullable JsonNode json(Optional<Object> value) {
        if (value.isEmpty()) {
            return null;
        }
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        Object plain = value.get();
        if (plain instanceof Boolean flag) {
            return nodes.booleanNode(flag);
        }
        if (plain instanceof Long number) {
            return nodes.numberNode(number);
        }
        if (plain instanceof Integer number) {
            return nodes.numberNode(number);
        }
        if (plain instanceof Double number) {
            return nodes.numberNode(number);
        }
        if (plain instanceof Float number) {
            return nodes.numberNode(number);
        }
        if (plain instanceof BigDecimal number) {
            return nodes.numberNode(number);
        }
        if (plain instanceof byte[] bytes) {
            return nodes.binaryNode(bytes);
        }
        return nodes.textNode(plain.toString());
    }

    /** A column as a field object describes it. */
    static Field arrowField(String where, SchemaFieldInput input) {
        if (input.name() == null || input.name().isEmpty()) {
            throw refused(where + ".name", "is missing; every column needs a name");
        }
        Names.checkText(where + ".name", input.name());
        if (input.type() == null) {
            throw refused(where + ".type", "is missing; every column needs a type");
        }
        if (input.computedField() != null) {
            throw Refusal.of(
                            RefusalKind.UNSUPPORTED,
                            "field '" + where + ".computed_field': this server does not compute columns; leave it out")
                    .with("field", where + ".computed_field")
                    .asException();
        }
        Field field;
        try {
            field = TypeNames.field(input.name(), input.type(), !Boolean.FALSE.equals(input.nullable()));
        } catch (FormatException e) {
            throw refused(where + ".type", e.getMessage());
        }
        return described(where, field, input);
    }

    private static Field described(String where, Field plain, SchemaFieldInput input) {
        Field field = plain;
        if (input.isMergeKey()) {
            field = FieldMetadata.withMergeKey(field);
        }
        if (input.isEventTime()) {
            field = FieldMetadata.withEventTime(field);
        }
        if (input.mergeOrder() != null) {
            String nullOrder = input.mergeOrder().nullOrder();
            field = FieldMetadata.withMergeOrder(
                    field, input.mergeOrder().sortOrder(), nullOrder == null ? "at_end" : nullOrder);
        }
        if (input.consistencyType() != null) {
            field = FieldMetadata.with(field, FieldMetadata.CONSISTENCY_TYPE, input.consistencyType());
        }
        if (input.doc() != null) {
            Names.checkText(where + ".doc", input.doc());
            field = FieldMetadata.with(field, FieldMetadata.DOC, input.doc());
        }
        if (input.fieldId() != null) {
            field = FieldMetadata.with(
                    field, FieldMetadata.FIELD_ID, input.fieldId().toString());
        }
        JsonNode past = input.pastDefault();
        if (past != null && !past.isNull()) {
            field = FieldMetadata.withPastDefault(field, plain(where + ".past_default", past));
        }
        JsonNode future = input.futureDefault();
        if (future != null && !future.isNull()) {
            field = FieldMetadata.withFutureDefault(field, plain(where + ".future_default", future));
        }
        return field;
    }

    private static Object plain(String where, JsonNode value) {
        if (value.isBoolean()) {
            return value.booleanValue();
        }
        if (value.isIntegralNumber() && value.canConvertToLong()) {
            return value.longValue();
        }
        if (value.isNumber() && Double.isFinite(value.doubleValue())) {
            return value.doubleValue();
        }
        if (value.isTextual()) {
            return value.textValue();
        }
        throw refused(where, "is no plain JSON value; expected a number in range, a string, true or false");
    }

    private static RefusedException refused(String field, @Nullable String why) {
        return Refusal.of(RefusalKind.INVALID_FIELD, "field '" + field + "': " + why)
                .with("field", field)
                .asException();
    }
}
