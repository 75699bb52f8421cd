package io.deltacat.e2e;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.types.DataType;

/** The columns of the matrix' tables, with their types in all three languages and a value for every row. */
enum MatrixColumn {
    ID("int64", DataTypes.BIGINT()),
    REGION("string", DataTypes.STRING()),
    NAME("string", DataTypes.STRING()),
    AMOUNT("float64", DataTypes.DOUBLE()),
    DAY("date32", DataTypes.DATE()),
    AT("timestamp[us]", DataTypes.TIMESTAMP(6)),
    FLAG("bool", DataTypes.BOOLEAN()),
    PRICE("decimal128(12, 2)", DataTypes.DECIMAL(12, 2)),
    /** Added to evolved tables after their first rows. */
    SCORE("int32", DataTypes.INT());

    /** The columns that tables begin with. */
    static final List<MatrixColumn> FIRST = List.of(ID, REGION, NAME, AMOUNT, DAY, AT, FLAG, PRICE);

    /** All columns. */
    static final List<MatrixColumn> ALL = List.of(values());

    private static final int NULLS_EVERY = 3;

    private final String wireType;
    private final DataType sqlType;

    MatrixColumn(String wireType, DataType sqlType) {
        this.wireType = wireType;
        this.sqlType = sqlType;
    }

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    String wireType() {
        return wireType;
    }

    DataType sqlType() {
        return sqlType;
    }

    /**
     * Makes a row.
     *
     * @param revision a later revision of a row differs in every column but the id and the region
     * @param plainText whether texts have none of the characters that delimited files must quote
     * @return one value per column of {@link #ALL}; every third row has nulls wherever they may be
     */
    static List<Object> row(long id, int revision, boolean plainText) {
        boolean nulls = id % NULLS_EVERY == 0;
        String name = plainText ? "name " + id + "." + revision : "n\"" + id + "\", |\té☃ " + revision;
        List<Object> row = new ArrayList<>();
        row.add(id);
        row.add(id % 2 == 0 ? "eu" : "us");
        row.add(nulls ? null : name);
        row.add(nulls ? null : id * 1.1 + revision);
        row.add(nulls ? null : LocalDate.of(1969, 12, 30).plusDays(id).plusYears(revision));
        row.add(
                nulls
                        ? null
                        : LocalDateTime.of(2020, 2, 28, 22, 59, 58, 123_456_000)
                                .plusHours(id)
                                .plusYears(revision));
        row.add(nulls ? null : (id + revision) % 2 == 0);
        row.add(nulls ? null : new BigDecimal("-10000000.25").add(BigDecimal.valueOf(id * 1000 + revision)));
        row.add(nulls ? null : (int) id * 100 + revision);
        return row;
    }
}
