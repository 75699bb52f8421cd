package io.deltacat.client.write;

import io.deltacat.client.model.SortKey;
import io.deltacat.client.model.SortScheme;
import io.deltacat.format.batch.BooleanVector;
import io.deltacat.format.batch.BytesVector;
import io.deltacat.format.batch.ColumnBatch;
import io.deltacat.format.batch.ColumnVector;
import io.deltacat.format.batch.DoubleVector;
import io.deltacat.format.batch.FloatVector;
import io.deltacat.format.batch.IntVector;
import io.deltacat.format.batch.LongVector;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * The physical order of the rows of a file: by the sort scheme, then by the merge keys (protocol/data-plane.md §1.8). Nulls
 * come last in either direction, as Arrow sorts them; equal rows keep their order. Immutable.
 */
final class RowOrder {
    private final Schema schema;
    private final List<Key> keys;

    private record Key(int column, boolean descending) {}

    private RowOrder(Schema schema, List<Key> keys) {
        this.schema = schema;
        this.keys = keys;
    }

    /** Resolves the columns of a scheme; those the schema lacks, and nested ones, are left out. */
    static RowOrder of(SortScheme scheme, List<String> mergeKeys, Schema schema) {
        List<Key> keys = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (SortKey key : scheme.keys()) {
            boolean descending = key.sortOrder() != null
                    && key.sortOrder().toLowerCase(Locale.ROOT).startsWith("desc");
            key.key().stream().filter(seen::add).forEach(name -> add(keys, schema, name, descending));
        }
        mergeKeys.stream().filter(seen::add).forEach(name -> add(keys, schema, name, false));
        return new RowOrder(schema, List.copyOf(keys));
    }

    private static void add(List<Key> keys, Schema schema, String name, boolean descending) {
        List<Field> fields = schema.getFields();
        for (int column = 0; column < fields.size(); column++) {
            if (fields.get(column).getName().equals(name)
                    && fields.get(column).getChildren().isEmpty()) {
                keys.add(new Key(column, descending));
            }
        }
    }

    /** The order by merge keys alone; empty if the schema lacks one of them. */
    static Optional<RowOrder> ofKeys(List<String> mergeKeys, Schema schema) {
        List<Key> keys = new ArrayList<>();
        mergeKeys.forEach(name -> add(keys, schema, name, false));
        return keys.isEmpty() || keys.size() < mergeKeys.size()
                ? Optional.empty()
                : Optional.of(new RowOrder(schema, List.copyOf(keys)));
    }

    /** Returns all row numbers of a batch in order. */
    int[] sorted(ColumnBatch batch) {
        Integer[] rows = new Integer[batch.size()];
        Arrays.setAll(rows, row -> row);
        return sorted(batch, rows);
    }

    /** Returns the row numbers of a batch that are the last ones of what this order calls equal, in order of another one. */
    int[] lastOfEqual(ColumnBatch batch, RowOrder then) {
        int[] rows = sorted(batch);
        Comparator<Integer> order = comparator(batch);
        List<Integer> last = new ArrayList<>();
        for (int i = 0; i < rows.length; i++) {
            if (i + 1 == rows.length || order.compare(rows[i], rows[i + 1]) != 0) {
                last.add(rows[i]);
            }
        }
        // back in the order in which they came, which decides among equal rows
        last.sort(Comparator.naturalOrder());
        return then.sorted(batch, last.toArray(Integer[]::new));
    }

    private int[] sorted(ColumnBatch batch, Integer[] rows) {
        Arrays.sort(rows, comparator(batch));
        return Arrays.stream(rows).mapToInt(Integer::intValue).toArray();
    }

    private Comparator<Integer> comparator(ColumnBatch batch) {
        List<RowComparator> comparators = new ArrayList<>();
        for (Key key : keys) {
            comparators.add(comparator(
                    batch.column(key.column()),
                    schema.getFields().get(key.column()).getType(),
                    key.descending()));
        }
        return (left, right) -> {
            for (RowComparator comparator : comparators) {
                int result = comparator.compare(left, right);
                if (result != 0) {
                    return result;
                }
            }
            return 0;
        };
    }

    private interface RowComparator {
        int compare(int left, int right);
    }

    private static RowComparator comparator(ColumnVector vector, ArrowType type, boolean descending) {
        RowComparator values = values(vector, type);
        return (left, right) -> {
            boolean leftNull = vector.isNullAt(left);
            boolean rightNull = vector.isNullAt(right);
            if (leftNull || rightNull) {
                return Boolean.compare(leftNull, rightNull);
            }
            return descending ? values.compare(right, left) : values.compare(left, right);
        };
    }

    private static RowComparator values(ColumnVector vector, ArrowType type) {
        if (vector instanceof LongVector longs) {
            boolean unsigned =
                    type instanceof ArrowType.Int integer && integer.getBitWidth() == 64 && !integer.getIsSigned();
            return unsigned
                    ? (left, right) -> Long.compareUnsigned(longs.get(left), longs.get(right))
                    : (left, right) -> Long.compare(longs.get(left), longs.get(right));
        }
        if (vector instanceof IntVector ints) {
            return (left, right) -> Integer.compare(ints.get(left), ints.get(right));
        }
        if (vector instanceof DoubleVector doubles) {
            return (left, right) -> Double.compare(doubles.get(left), doubles.get(right));
        }
        if (vector instanceof FloatVector floats) {
            return (left, right) -> Float.compare(floats.get(left), floats.get(right));
        }
        if (vector instanceof BooleanVector booleans) {
            return (left, right) -> Boolean.compare(booleans.get(left), booleans.get(right));
        }
        BytesVector bytes = (BytesVector) vector;
        if (type instanceof ArrowType.Decimal) {
            return (left, right) -> new BigInteger(bytes.copy(left)).compareTo(new BigInteger(bytes.copy(right)));
        }
        return (left, right) -> Arrays.compareUnsigned(
                bytes.data(),
                bytes.start(left),
                bytes.start(left) + bytes.length(left),
                bytes.data(),
                bytes.start(right),
                bytes.start(right) + bytes.length(right));
    }
}
