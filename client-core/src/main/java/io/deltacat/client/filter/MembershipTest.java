package io.deltacat.client.filter;

import com.fasterxml.jackson.databind.JsonNode;
import io.deltacat.format.batch.ColumnBatch;
import io.deltacat.format.batch.ColumnVector;
import io.deltacat.format.batch.IntVector;
import io.deltacat.format.batch.LongVector;
import io.deltacat.format.batch.VectorKind;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/** Whether an integral column is one of many values, found by binary search. */
final class MembershipTest implements BatchTest {
    private final int column;
    private final long[] members;
    private final byte otherwise;

    private MembershipTest(int column, long[] members, byte otherwise) {
        this.column = column;
        this.members = members;
        this.otherwise = otherwise;
    }

    static BatchTest of(Filter.In in, int column, Field field) {
        if (in.literals().isEmpty()) {
            return new ConstantTest(FALSE);
        }
        VectorKind kind = VectorKind.of(field);
        ColumnType type = ColumnType.of(field.getType());
        boolean signed = !(field.getType() instanceof ArrowType.Int integer
                && integer.getBitWidth() == 64
                && !integer.getIsSigned());
        boolean integral = (kind == VectorKind.INT || kind == VectorKind.LONG) && type != ColumnType.OPAQUE;
        return integral && signed ? integral(in, column, field, type) : compared(in, column, field);
    }

    private static BatchTest integral(Filter.In in, int column, Field field, ColumnType type) {
        List<Long> members = new ArrayList<>();
        byte otherwise = FALSE;
        for (JsonNode literal : in.literals()) {
            Optional<Comparable<?>> value = type.comparable(literal);
            if (value.isEmpty()) {
                otherwise = UNKNOWN;
                continue;
            }
            BigDecimal scaled = ComparisonTests.scaled(field, value.get()).stripTrailingZeros();
            boolean whole = scaled.setScale(0, RoundingMode.FLOOR).compareTo(scaled) == 0;
            if (whole && scaled.toBigInteger().bitLength() <= 63) {
                members.add(scaled.longValueExact());
            }
        }
        long[] sorted = members.stream().mapToLong(Long::longValue).sorted().toArray();
        return new MembershipTest(column, sorted, otherwise);
    }

    private static BatchTest compared(Filter.In in, int column, Field field) {
        List<BatchTest> tests = new ArrayList<>();
        for (JsonNode literal : in.literals()) {
            tests.add(
                    ComparisonTests.of(new Filter.Comparison(Filter.Operator.EQ, in.column(), literal), column, field));
        }
        return new CombinedTest(tests, false);
    }

    @Override
    public void test(ColumnBatch batch, byte[] truths, int size) {
        ColumnVector vector = batch.column(column);
        if (vector instanceof LongVector longs) {
            long[] values = longs.values();
            for (int row = 0; row < size; row++) {
                truths[row] = Arrays.binarySearch(members, values[row]) >= 0 ? TRUE : otherwise;
            }
        } else {
            int[] values = ((IntVector) vector).values();
            for (int row = 0; row < size; row++) {
                truths[row] = Arrays.binarySearch(members, values[row]) >= 0 ? TRUE : otherwise;
            }
        }
        BatchTest.unknownWhereNull(vector, truths, size);
    }
}
