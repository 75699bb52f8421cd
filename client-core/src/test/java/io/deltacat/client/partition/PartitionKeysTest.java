package io.deltacat.client.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltacat.client.model.PartitionKey;
import io.deltacat.client.model.PartitionScheme;
import io.deltacat.format.file.RowAccessor;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

class PartitionKeysTest {
    private static final Schema SCHEMA = new Schema(List.of(
            Field.nullable("id", new ArrowType.Int(64, true)),
            Field.nullable("name", new ArrowType.Utf8()),
            Field.nullable("day", new ArrowType.Date(DateUnit.DAY)),
            Field.nullable("at", new ArrowType.Timestamp(TimeUnit.MICROSECOND, "UTC")),
            Field.nullable("price", new ArrowType.Decimal(10, 2, 128)),
            Field.nullable("raw", new ArrowType.Binary())));

    /** Rows as object arrays in the value conventions of the accessor. */
    private static final RowAccessor<Object[]> ROWS = new RowAccessor<>() {
        @Override
        public boolean isNullAt(Object[] row, int column) {
            return row[column] == null;
        }

        @Override
        public boolean getBoolean(Object[] row, int column) {
            return (Boolean) row[column];
        }

        @Override
        public int getInt(Object[] row, int column) {
            return (Integer) row[column];
        }

        @Override
        public long getLong(Object[] row, int column) {
            return (Long) row[column];
        }

        @Override
        public float getFloat(Object[] row, int column) {
            return (Float) row[column];
        }

        @Override
        public double getDouble(Object[] row, int column) {
            return (Double) row[column];
        }

        @Override
        public byte[] getBytes(Object[] row, int column) {
            return ((String) row[column]).getBytes(StandardCharsets.UTF_8);
        }
    };

    private static PartitionKeys<Object[]> keys(String... columnsAndTransforms) {
        List<PartitionKey> keys = new ArrayList<>();
        for (int i = 0; i < columnsAndTransforms.length; i += 2) {
            keys.add(new PartitionKey(List.of(columnsAndTransforms[i]), columnsAndTransforms[i + 1]));
        }
        return PartitionKeys.of(new PartitionScheme(null, keys), SCHEMA, ROWS);
    }

    private static final Object[] ROW = {
        17L, "héllo", (int) LocalDate.of(2024, 2, 29).toEpochDay(), 1_709_208_000_000_001L, 1230L, "raw"
    };

    @Test
    void valuesAreJsonScalarsInKeyOrder() {
        assertThat(keys("id", "identity", "name", "truncate(2)", "day", "day", "at", "hour", "price", null)
                        .of(ROW))
                .containsExactly(17L, "hé", 29L, 12L, "12.30");
        assertThat(keys("day", "identity", "at", "identity").of(ROW))
                .containsExactly("2024-02-29", "2024-02-29T12:00:00.000001Z");
    }

    @Test
    void nullsStayNull() {
        assertThat(keys("id", "bucket(4)", "day", "month").of(new Object[6])).isEqualTo(Arrays.asList(null, null));
    }

    @Test
    void whatCannotPartitionIsRefusedByName() {
        assertThatThrownBy(() -> keys("raw", "identity"))
                .isInstanceOf(PartitionTransformException.class)
                .hasMessageContaining("'raw'");
        assertThatThrownBy(() -> keys("nope", "identity"))
                .hasMessageContaining("'nope'")
                .hasMessageContaining("[id, name, day, at, price, raw]");
        assertThat(keys("raw", "bucket(4)").of(ROW)).hasSize(1);
    }
}
