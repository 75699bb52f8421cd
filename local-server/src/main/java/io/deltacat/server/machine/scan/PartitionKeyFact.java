package io.deltacat.server.machine.scan;

import com.fasterxml.jackson.databind.JsonNode;
import io.deltacat.client.partition.PartitionTransform;
import io.deltacat.client.partition.PartitionTransformException;
import java.util.Optional;
import org.apache.arrow.vector.types.pojo.ArrowType;

/**
 * One key of a partition: all its rows have this value under this transform.
 *
 * @param column first column of the key
 * @param type the column's type
 * @param transform the transform
 * @param value the partition value, a JSON scalar or JSON null
 */
record PartitionKeyFact(String column, ArrowType type, PartitionTransform transform, JsonNode value) {
    /**
     * Whether a row of the partition may equal a literal.
     *
     * @return false only if the transform of the literal is another value
     */
    boolean mayEqual(JsonNode literal) {
        if (value.isNull() || transform instanceof PartitionTransform.Void) {
            return true;
        }
        Optional<Object> typed = Literals.valueOf(type, literal);
        if (typed.isEmpty()) {
            return true;
        }
        try {
            Object transformed = transform.apply(typed.get());
            if (transformed instanceof Number number && value.isIntegralNumber() && value.canConvertToLong()) {
                return number.longValue() == value.longValue();
            }
            if (transformed instanceof String text && value.isTextual()) {
                return text.equals(value.textValue());
            }
            return true;
        } catch (PartitionTransformException e) {
            return true;
        }
    }
}
