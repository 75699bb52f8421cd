package io.deltacat.client.filter;

import io.deltacat.format.batch.ColumnBatch;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * A filter compiled for the batches of one schema. It says the same as {@link Filter#test}, column by column over whole
 * batches and without an object per row. Confined to one thread.
 */
public final class BatchFilter {
    private final BatchTest test;
    private byte[] truths = new byte[0];

    private BatchFilter(BatchTest test) {
        this.test = test;
    }

    /**
     * Compiles a filter.
     *
     * @param filter the predicate
     * @param schema columns of the batches, the filter's among them
     * @return the compiled form
     * @throws IllegalArgumentException if the filter names a column that the schema lacks
     */
    public static BatchFilter of(Filter filter, Schema schema) {
        return new BatchFilter(compile(filter, schema));
    }

    /**
     * Keeps the rows that satisfy the filter.
     *
     * @param batch batch of the schema
     * @param rows row numbers, ascending; those that satisfy it are moved to the front
     * @param count how many of them to look at
     * @return how many are left
     */
    public int select(ColumnBatch batch, int[] rows, int count) {
        int size = batch.size();
        if (truths.length < size) {
            truths = new byte[size];
        }
        test.test(batch, truths, size);
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (truths[rows[i]] == BatchTest.TRUE) {
                rows[kept++] = rows[i];
            }
        }
        return kept;
    }

    private static BatchTest compile(Filter filter, Schema schema) {
        if (filter instanceof Filter.And and) {
            return new CombinedTest(compileAll(and.operands(), schema), true);
        }
        if (filter instanceof Filter.Or or) {
            return new CombinedTest(compileAll(or.operands(), schema), false);
        }
        if (filter instanceof Filter.Not not) {
            return new NegatedTest(compile(not.operand(), schema));
        }
        if (filter instanceof Filter.IsNull isNull) {
            return new NullTest(column(schema, isNull.column()));
        }
        if (filter instanceof Filter.Comparison comparison) {
            return comparison(comparison, schema);
        }
        if (filter instanceof Filter.Between between) {
            return new CombinedTest(
                    List.of(
                            comparison(
                                    new Filter.Comparison(Filter.Operator.GTE, between.column(), between.lower()),
                                    schema),
                            comparison(
                                    new Filter.Comparison(Filter.Operator.LTE, between.column(), between.upper()),
                                    schema)),
                    true);
        }
        Filter.In in = (Filter.In) filter;
        int column = column(schema, in.column());
        return MembershipTest.of(in, column, schema.getFields().get(column));
    }

    private static List<BatchTest> compileAll(List<Filter> filters, Schema schema) {
        return filters.stream().map(filter -> compile(filter, schema)).toList();
    }

    private static BatchTest comparison(Filter.Comparison comparison, Schema schema) {
        int column = column(schema, comparison.column());
        return ComparisonTests.of(comparison, column, schema.getFields().get(column));
    }

    private static int column(Schema schema, String name) {
        List<Field> fields = schema.getFields();
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).getName().equals(name)) {
                return i;
            }
        }
        throw new IllegalArgumentException("filter column '" + name + "' is not among the columns "
                + fields.stream().map(Field::getName).toList() + ". Correct the name.");
    }
}
