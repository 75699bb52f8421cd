package io.deltacat.flink.types;

import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

/**
 * Translates schemas between Arrow, which DeltaCAT tables are described in, and Flink's logical types. Names,
 * order and nullability are kept; names are case-sensitive on both sides. Stateless, so safe for any thread.
 *
 * <table>
 * <caption>Types</caption>
 * <tr><th>Arrow</th><th>Flink</th><th>note</th></tr>
 * <tr><td>bool</td><td>BOOLEAN</td><td></td></tr>
 * <tr><td>int8, int16, int32, int64</td><td>TINYINT, SMALLINT, INT, BIGINT</td><td></td></tr>
 * <tr><td>uint8, uint16, uint32</td><td>SMALLINT, INT, BIGINT</td><td>to Flink only</td></tr>
 * <tr><td>uint64</td><td>DECIMAL(20, 0)</td><td>to Flink only</td></tr>
 * <tr><td>halffloat</td><td>FLOAT</td><td>to Flink only</td></tr>
 * <tr><td>float, double</td><td>FLOAT, DOUBLE</td><td></td></tr>
 * <tr><td>decimal(p, s), p ≤ 38, 0 ≤ s ≤ p</td><td>DECIMAL(p, s)</td><td></td></tr>
 * <tr><td>string, large_string</td><td>STRING, VARCHAR(n), CHAR(n)</td><td>Flink's length is not kept</td></tr>
 * <tr><td>binary, large_binary</td><td>BYTES, VARBINARY(n)</td><td>Flink's length is not kept</td></tr>
 * <tr><td>fixed_size_binary(n)</td><td>BINARY(n)</td><td></td></tr>
 * <tr><td>date32, date64</td><td>DATE</td><td>written as date32</td></tr>
 * <tr><td>time32, time64</td><td>TIME(p)</td><td>Flink holds milliseconds whatever p says</td></tr>
 * <tr><td>timestamp[s, ms, us, ns]</td><td>TIMESTAMP(0, 3, 6, 9)</td><td></td></tr>
 * <tr><td>timestamp[unit, tz]</td><td>TIMESTAMP_LTZ(p)</td><td>written with tz=UTC</td></tr>
 * <tr><td>struct, list, large_list, fixed_size_list, map</td><td>ROW, ARRAY, ARRAY, ARRAY, MAP</td><td></td></tr>
 * </table>
 */
@PublicEvolving
public final class LogicalTypes {

    private LogicalTypes() {}

    /**
     * Returns the Flink row type of a table's schema.
     *
     * @param schema the Arrow schema; field names must be unique
     * @throws UnsupportedColumnTypeException if a column has no Flink counterpart (duration, interval, union, null, …);
     *     leave that column out of the declared columns or change it in the table
     */
    public static RowType toRowType(Schema schema) {
        List<RowType.RowField> fields = new ArrayList<>(schema.getFields().size());
        for (Field field : schema.getFields()) {
            fields.add(new RowType.RowField(field.getName(), toLogicalType(field)));
        }
        return new RowType(false, fields);
    }

    /**
     * Returns the Flink type of one Arrow field, nullable if the field is.
     *
     * @param field the Arrow field with its children
     * @throws UnsupportedColumnTypeException if the type, or one nested in it, has no Flink counterpart
     */
    public static LogicalType toLogicalType(Field field) {
        return ArrowToLogical.convert(field.getName(), field);
    }

    /**
     * Returns the Arrow schema in which rows of a Flink type are stored when a table is created for them.
     *
     * @param rowType the Flink row type
     * @throws UnsupportedColumnTypeException if a column cannot be stored (VARIANT, RAW, BITMAP, MULTISET, intervals,
     *     TIMESTAMP WITH TIME ZONE, structured types, …); cast it in the query
     */
    public static Schema toSchema(RowType rowType) {
        List<Field> fields = new ArrayList<>(rowType.getFieldCount());
        for (RowType.RowField field : rowType.getFields()) {
            fields.add(toField(field.getName(), field.getType()));
        }
        return new Schema(fields);
    }

    /**
     * Returns the Arrow field in which values of a Flink type are stored.
     *
     * @param name the column's name
     * @param type the column's Flink type
     * @throws UnsupportedColumnTypeException if the type, or one nested in it, cannot be stored
     */
    public static Field toField(String name, LogicalType type) {
        return LogicalToArrow.convert(name, name, type);
    }
}
