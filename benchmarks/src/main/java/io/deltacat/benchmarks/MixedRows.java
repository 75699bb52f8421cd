package io.deltacat.benchmarks;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.SplittableRandom;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.types.RowKind;

/** Makes the same rows in every JVM: numbers, times and texts, some repeating and some unique. Confined to one thread. */
public final class MixedRows {

    /** Five columns: a key, a measure, a text of 1000 different values, a unique text, a time. */
    public static final RowType FIVE = (RowType) DataTypes.ROW(
                    DataTypes.FIELD("id", DataTypes.BIGINT()),
                    DataTypes.FIELD("amount", DataTypes.DOUBLE()),
                    DataTypes.FIELD("category", DataTypes.STRING()),
                    DataTypes.FIELD("reference", DataTypes.STRING()),
                    DataTypes.FIELD("happened", DataTypes.TIMESTAMP(6)))
            .getLogicalType();

    /** Twenty columns of all common types. */
    public static final RowType TWENTY = (RowType) DataTypes.ROW(
                    DataTypes.FIELD("id", DataTypes.BIGINT()),
                    DataTypes.FIELD("flag", DataTypes.BOOLEAN()),
                    DataTypes.FIELD("small", DataTypes.INT()),
                    DataTypes.FIELD("quantity", DataTypes.INT()),
                    DataTypes.FIELD("any_int", DataTypes.INT()),
                    DataTypes.FIELD("any_long", DataTypes.BIGINT()),
                    DataTypes.FIELD("counter", DataTypes.BIGINT()),
                    DataTypes.FIELD("ratio", DataTypes.FLOAT()),
                    DataTypes.FIELD("amount", DataTypes.DOUBLE()),
                    DataTypes.FIELD("price", DataTypes.DOUBLE()),
                    DataTypes.FIELD("exact", DataTypes.DECIMAL(12, 2)),
                    DataTypes.FIELD("large_exact", DataTypes.DECIMAL(24, 4)),
                    DataTypes.FIELD("status", DataTypes.STRING()),
                    DataTypes.FIELD("category", DataTypes.STRING()),
                    DataTypes.FIELD("reference", DataTypes.STRING()),
                    DataTypes.FIELD("note", DataTypes.STRING()),
                    DataTypes.FIELD("day", DataTypes.DATE()),
                    DataTypes.FIELD("happened", DataTypes.TIMESTAMP(6)),
                    DataTypes.FIELD("received", DataTypes.TIMESTAMP(3)),
                    DataTypes.FIELD("payload", DataTypes.BYTES()))
            .getLogicalType();

    private static final String[] STATUS = {"scheduled", "departed", "arrived", "cancelled"};
    private static final long START_MICROS = 1_700_000_000_000_000L;

    private final long seed;
    private SplittableRandom random;
    private final double nulls;
    private final StringData[] categories = new StringData[1000];
    private final StringData[] statuses = new StringData[STATUS.length];
    private long row;

    /**
     * @param seed decides all values
     * @param nulls share of nulls in each column but the first, 0 to 1
     */
    public MixedRows(long seed, double nulls) {
        this.seed = seed;
        this.random = new SplittableRandom(seed);
        this.nulls = nulls;
        for (int i = 0; i < categories.length; i++) {
            categories[i] = StringData.fromString(text("category", i * 7919L));
        }
        for (int i = 0; i < statuses.length; i++) {
            statuses[i] = StringData.fromString(STATUS[i]);
        }
    }

    /** Returns the next row of {@link #FIVE}. */
    RowData nextFive() {
        return make(row++, random.nextDouble() * 1000, category(), reference(), happened());
    }

    /** Returns the next row of {@link #TWENTY}. */
    RowData nextTwenty() {
        byte[] payload = new byte[random.nextInt(4, 24)];
        random.nextBytes(payload);
        long id = row++;
        return make(
                id,
                random.nextInt(10) < 7,
                random.nextInt(100),
                random.nextInt(1, 5000),
                random.nextInt(),
                random.nextLong(),
                id * 3 + random.nextInt(3),
                random.nextInt(1000) / 1000f,
                random.nextDouble() * 1000,
                random.nextInt(100_000) / 100.0,
                DecimalData.fromUnscaledLong(random.nextLong(10_000_000_000L), 12, 2),
                DecimalData.fromBigDecimal(new BigDecimal(BigInteger.valueOf(random.nextLong()), 4), 24, 4),
                statuses[random.nextInt(statuses.length)],
                category(),
                reference(),
                StringData.fromString("note " + random.nextInt(100_000) + " of the day"),
                19_000 + random.nextInt(365),
                happened(),
                TimestampData.fromEpochMillis(START_MICROS / 1000 + id * 10 + random.nextInt(10)),
                payload);
    }

    /**
     * Returns row {@code index} of {@link #TWENTY}; it does not depend on the calls before, so that subtasks can share a
     * range of rows.
     */
    public RowData twentyAt(long index) {
        moveTo(index);
        return nextTwenty();
    }

    /**
     * Returns change {@code index} of a table of {@link #FIVE} columns with the key {@code id}: one in twenty a deletion,
     * the others updates.
     *
     * @param index which change
     * @param changes how many there are; a key is only changed in one half of them, so that two subtasks that take one half
     *     each leave the same table as one subtask does
     * @param keys how many keys there are
     */
    public RowData changeAt(long index, long changes, long keys) {
        moveTo(index);
        RowData change = nextFive();
        long half = keys / 2;
        long key = random.nextLong(half) + (index < changes / 2 ? 0 : half);
        RowKind kind = random.nextInt(20) == 0 ? RowKind.DELETE : RowKind.UPDATE_AFTER;
        GenericRowData row = (GenericRowData) change;
        row.setField(0, key);
        row.setRowKind(kind);
        return row;
    }

    private void moveTo(long index) {
        random = new SplittableRandom(seed + index * 0x9E3779B97F4A7C15L);
        row = index;
    }

    private RowData make(Object... values) {
        for (int i = 1; i < values.length; i++) {
            if (nulls > 0 && random.nextDouble() < nulls) {
                values[i] = null;
            }
        }
        return GenericRowData.of(values);
    }

    private StringData category() {
        return categories[random.nextInt(categories.length)];
    }

    private StringData reference() {
        return StringData.fromString(text("ref", random.nextLong()));
    }

    private TimestampData happened() {
        long micros = START_MICROS + row * 1000 + random.nextInt(1000);
        return TimestampData.fromEpochMillis(Math.floorDiv(micros, 1000), (int) Math.floorMod(micros, 1000) * 1000);
    }

    /** Twenty characters. */
    private static String text(String prefix, long number) {
        String digits = Long.toHexString(number * 0x9E3779B97F4A7C15L);
        return (prefix + "-" + "0".repeat(16 - digits.length()) + digits).substring(0, 20);
    }
}
