package io.deltacat.client.filter;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads the JSON form of a filter and refuses everything outside the grammar. */
final class FilterParser {
    /** Deep enough for every real filter, shallow enough that a hostile one cannot exhaust the stack. */
    private static final int MAX_DEPTH = 64;

    private FilterParser() {}

    static Filter parse(JsonNode node, String path) {
        return parse(node, path, 0);
    }

    private static Filter parse(JsonNode node, String path, int depth) {
        if (depth > MAX_DEPTH) {
            throw new FilterSyntaxException(path, "nested deeper than " + MAX_DEPTH + " levels");
        }
        if (!node.isObject() || node.size() != 1) {
            throw new FilterSyntaxException(path, "expected an object with exactly one operator");
        }
        Map.Entry<String, JsonNode> entry = node.fields().next();
        String name = entry.getKey();
        JsonNode operand = entry.getValue();
        String inner = path + "." + name;
        return switch (name) {
            case "and" -> new Filter.And(operands(operand, inner, depth));
            case "or" -> new Filter.Or(operands(operand, inner, depth));
            case "not" -> new Filter.Not(parse(operand, inner, depth + 1));
            case "is_null" -> new Filter.IsNull(column(operand, inner));
            case "eq" -> comparison(Filter.Operator.EQ, operand, inner);
            case "neq" -> comparison(Filter.Operator.NEQ, operand, inner);
            case "gt" -> comparison(Filter.Operator.GT, operand, inner);
            case "gte" -> comparison(Filter.Operator.GTE, operand, inner);
            case "lt" -> comparison(Filter.Operator.LT, operand, inner);
            case "lte" -> comparison(Filter.Operator.LTE, operand, inner);
            case "in" -> in(operand, inner);
            case "between" -> between(operand, inner);
            default -> throw new FilterSyntaxException(path, "unknown operator '" + name + "'");
        };
    }

    private static List<Filter> operands(JsonNode node, String path, int depth) {
        if (!node.isArray() || node.size() < 2) {
            throw new FilterSyntaxException(path, "expected an array of at least two predicates");
        }
        List<Filter> operands = new ArrayList<>(node.size());
        for (int i = 0; i < node.size(); i++) {
            operands.add(parse(node.get(i), path + "[" + i + "]", depth + 1));
        }
        return operands;
    }

    private static Filter comparison(Filter.Operator operator, JsonNode node, String path) {
        requireArray(node, 2, path, "[column, value]");
        return new Filter.Comparison(operator, column(node.get(0), path), literal(node.get(1), path));
    }

    private static Filter in(JsonNode node, String path) {
        requireArray(node, 2, path, "[column, [values]]");
        if (!node.get(1).isArray()) {
            throw new FilterSyntaxException(path, "expected an array of values");
        }
        List<JsonNode> literals = new ArrayList<>(node.get(1).size());
        for (JsonNode value : node.get(1)) {
            literals.add(literal(value, path));
        }
        return new Filter.In(column(node.get(0), path), literals);
    }

    private static Filter between(JsonNode node, String path) {
        requireArray(node, 3, path, "[column, lower, upper]");
        return new Filter.Between(column(node.get(0), path), literal(node.get(1), path), literal(node.get(2), path));
    }

    private static void requireArray(JsonNode node, int size, String path, String shape) {
        if (!node.isArray() || node.size() != size) {
            throw new FilterSyntaxException(path, "expected " + shape);
        }
    }

    private static String column(JsonNode node, String path) {
        if (!node.isTextual() || node.textValue().isEmpty()) {
            throw new FilterSyntaxException(path, "expected a column name, got " + node);
        }
        return node.textValue();
    }

    private static JsonNode literal(JsonNode node, String path) {
        if (!node.isValueNode()) {
            throw new FilterSyntaxException(path, "expected a JSON scalar, got " + node);
        }
        return node;
    }
}
