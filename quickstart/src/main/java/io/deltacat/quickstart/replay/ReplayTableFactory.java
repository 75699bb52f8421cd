package io.deltacat.quickstart.replay;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.connector.format.DecodingFormat;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.factories.DeserializationFormatFactory;
import org.apache.flink.table.factories.DynamicTableSourceFactory;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.types.DataType;

/**
 * Makes tables of {@code 'connector' = 'replay'}: a CSV file that is emitted as a stream, line by line, at a given rate.
 *
 * <p>Lines are decoded by one of Flink's formats ({@code 'format' = 'csv'}). Stateless; created by Flink's factory
 * discovery.
 */
public final class ReplayTableFactory implements DynamicTableSourceFactory {
    /** The connector's name in SQL. */
    public static final String IDENTIFIER = "replay";

    private static final String STEP_COLUMN = "step";
    /** Lines between two steps of a line; a few seconds at the quick start's rate. */
    private static final long BLOCK_LINES = 4000;

    @Override
    public String factoryIdentifier() {
        return IDENTIFIER;
    }

    @Override
    public Set<ConfigOption<?>> requiredOptions() {
        return Set.of(ReplayOptions.PATH, FactoryUtil.FORMAT);
    }

    @Override
    public Set<ConfigOption<?>> optionalOptions() {
        return Set.of(ReplayOptions.ROWS_PER_SECOND, ReplayOptions.ROWS, ReplayOptions.STEPS);
    }

    @Override
    public DynamicTableSource createDynamicTableSource(Context context) {
        FactoryUtil.TableFactoryHelper helper = FactoryUtil.createTableFactoryHelper(this, context);
        DecodingFormat<DeserializationSchema<RowData>> format =
                helper.discoverDecodingFormat(DeserializationFormatFactory.class, FactoryUtil.FORMAT);
        helper.validate();
        ReadableConfig options = helper.getOptions();
        String table = context.getObjectIdentifier().asSummaryString();
        double rowsPerSecond = options.get(ReplayOptions.ROWS_PER_SECOND);
        if (!(rowsPerSecond > 0)) {
            throw new ValidationException("Table " + table + ": option '" + ReplayOptions.ROWS_PER_SECOND.key()
                    + "' is '" + rowsPerSecond + "'; expected a number above 0. Fix the table option.");
        }
        Path file = Path.of(options.get(ReplayOptions.PATH));
        DataType rowType = context.getPhysicalRowDataType();
        ReplayFile.Header header = ReplayFile.header(file);
        List<String> columns = DataType.getFieldNames(rowType);
        int steps = options.get(ReplayOptions.STEPS);
        if (steps < 1) {
            throw new ValidationException("Table " + table + ": option '" + ReplayOptions.STEPS.key() + "' is '" + steps
                    + "'; expected a number of at least 1. Fix the table option.");
        }
        List<String> expected = new ArrayList<>(header.columns());
        if (steps > 1) {
            expected.add(0, STEP_COLUMN);
        }
        if (!expected.equals(columns)) {
            throw new ValidationException("Table " + table + ": file '" + file + "' gives the columns " + expected
                    + "; the table declares " + columns + ". Declare these columns in their order.");
        }
        long rows = options.getOptional(ReplayOptions.ROWS).orElse(header.rows());
        if (rows < 1 || rows > header.rows()) {
            throw new ValidationException("Table " + table + ": option '" + ReplayOptions.ROWS.key() + "' is '" + rows
                    + "'; expected 1 to " + header.rows() + ", the rows of '" + file + "'. Fix the table option.");
        }
        ReplayOrder order = new ReplayOrder(rows, steps, BLOCK_LINES);
        return new ReplayTableSource(file.toAbsolutePath().toString(), order, rowsPerSecond, rowType, format);
    }
}
