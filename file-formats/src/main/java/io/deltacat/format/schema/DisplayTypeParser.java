package io.deltacat.format.schema;

import io.deltacat.format.FormatException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;

/**
 * Parses Arrow's display text of a type, which older servers put where the canonical name belongs: {@code double},
 * {@code decimal128(10, 2)}, {@code list<item: int64 not null>}, {@code struct<a: int32, b: string>}, {@code map<string,
 * int64>}. Used once per text.
 */
final class DisplayTypeParser {
    private static final Pattern DECIMAL = Pattern.compile("decimal(32|64|128|256)?\\((\\d+), ?(-?\\d+)\\)");
    private static final Pattern FIXED_BINARY = Pattern.compile("fixed_size_binary\\[(\\d+)]");
    private static final Pattern LIST =
            Pattern.compile("(list|large_list|fixed_size_list)<(.+)>(?:\\[(\\d+)])?", Pattern.DOTALL);
    private static final Pattern DICTIONARY =
            Pattern.compile("dictionary<values=(.+), indices=u?int(?:8|16|32|64), ordered=[01]>", Pattern.DOTALL);
    private static final String NOT_NULL = " not null";
    private static final Map<String, ArrowType> OLD_NAMES = Map.of(
            "halffloat", new ArrowType.FloatingPoint(FloatingPointPrecision.HALF),
            "float", new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE),
            "double", new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE),
            "date32[day]", new ArrowType.Date(DateUnit.DAY),
            "date64[ms]", new ArrowType.Date(DateUnit.MILLISECOND));

    private final String whole;

    DisplayTypeParser(String text) {
        this.whole = text;
    }

    Field parse(String name, boolean nullable) {
        return parse(name, whole, nullable);
    }

    private Field parse(String name, String text, boolean nullable) {
        Optional<ArrowType> scalar = TypeNames.scalar(text).or(() -> Optional.ofNullable(OLD_NAMES.get(text)));
        if (scalar.isPresent()) {
            return field(name, nullable, scalar.get(), List.of());
        }
        Matcher decimal = DECIMAL.matcher(text);
        if (decimal.matches()) {
            int bits = decimal.group(1) == null ? 128 : number(decimal.group(1));
            ArrowType type = new ArrowType.Decimal(number(decimal.group(2)), number(decimal.group(3)), bits);
            return field(name, nullable, type, List.of());
        }
        Matcher fixed = FIXED_BINARY.matcher(text);
        if (fixed.matches()) {
            return field(name, nullable, new ArrowType.FixedSizeBinary(number(fixed.group(1))), List.of());
        }
        Matcher dictionary = DICTIONARY.matcher(text);
        if (dictionary.matches()) {
            Field values = parse(name, dictionary.group(1), nullable);
            DictionaryEncoding encoding = new DictionaryEncoding(0, false, null);
            return new Field(name, new FieldType(nullable, values.getType(), encoding), values.getChildren());
        }
        if (text.startsWith("struct<") && text.endsWith(">")) {
            List<Field> children = new ArrayList<>();
            for (String part : split(text.substring(7, text.length() - 1))) {
                children.add(named(part));
            }
            return field(name, nullable, ArrowType.Struct.INSTANCE, children);
        }
        if (text.startsWith("map<") && text.endsWith(">")) {
            return map(name, text.substring(4, text.length() - 1), nullable);
        }
        Matcher list = LIST.matcher(text);
        if (list.matches()) {
            return list(name, list, nullable);
        }
        throw new FormatException.InvalidSchema(
                "Field '" + name + "' has type name '" + text + "'"
                        + (text.equals(whole) ? "" : " inside '" + whole + "'")
                        + ", which is neither a canonical type name nor an Arrow display name. Use a canonical name such"
                        + " as 'int64' or an '" + TypeNames.SERIALIZED_PREFIX + "' type.",
                null);
    }

    private Field list(String name, Matcher list, boolean nullable) {
        Field element = named(list.group(2));
        ArrowType type = switch (list.group(1)) {
            case "list" -> ArrowType.List.INSTANCE;
            case "large_list" -> ArrowType.LargeList.INSTANCE;
            default -> new ArrowType.FixedSizeList(list.group(3) == null ? 0 : number(list.group(3)));
        };
        return field(name, nullable, type, List.of(element));
    }

    private Field map(String name, String inner, boolean nullable) {
        List<String> parts = split(inner);
        boolean sorted = parts.size() == 3 && parts.get(2).equals("keys_sorted");
        if (parts.size() != 2 && !sorted) {
            throw new FormatException.InvalidSchema(
                    "Field '" + name + "' has type name 'map<" + inner + ">', expected a key and a value type. Use an '"
                            + TypeNames.SERIALIZED_PREFIX + "' type.",
                    null);
        }
        Field key = parse("key", parts.get(0), false);
        String valueText = parts.get(1);
        boolean valueNullable = !valueText.endsWith(NOT_NULL);
        Field value = parse("value", withoutNotNull(valueText), valueNullable);
        Field entries = field("entries", false, ArrowType.Struct.INSTANCE, List.of(key, value));
        return field(name, nullable, new ArrowType.Map(sorted), List.of(entries));
    }

    private Field named(String text) {
        int colon = text.indexOf(": ");
        if (colon < 0) {
            throw new FormatException.InvalidSchema(
                    "Type name '" + whole + "' has part '" + text + "', expected 'name: type'. Use an '"
                            + TypeNames.SERIALIZED_PREFIX + "' type.",
                    null);
        }
        String type = text.substring(colon + 2);
        return parse(text.substring(0, colon), withoutNotNull(type), !type.endsWith(NOT_NULL));
    }

    private static String withoutNotNull(String type) {
        return type.endsWith(NOT_NULL) ? type.substring(0, type.length() - NOT_NULL.length()) : type;
    }

    /** Splits at the commas that are outside of all brackets. */
    private static List<String> split(String text) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '<' || c == '[' || c == '(') {
                depth++;
            } else if (c == '>' || c == ']' || c == ')') {
                depth--;
            } else if (c == ',' && depth == 0) {
                parts.add(text.substring(start, i).strip());
                start = i + 1;
            }
        }
        if (start < text.length()) {
            parts.add(text.substring(start).strip());
        }
        return parts;
    }

    private int number(String digits) {
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException e) {
            throw new FormatException.InvalidSchema(
                    "Type name '" + whole + "' has number '" + digits + "', which is too large.", e);
        }
    }

    private static Field field(String name, boolean nullable, ArrowType type, List<Field> children) {
        return new Field(name, new FieldType(nullable, type, null), children);
    }
}
