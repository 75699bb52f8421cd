package io.deltacat.quickstart.replay;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** The options of {@code 'connector' = 'replay'}. */
public final class ReplayOptions {
    /** The CSV file, plain or with the suffix {@code .gz}. Its first line names the columns. */
    public static final ConfigOption<String> PATH = ConfigOptions.key("path")
            .stringType()
            .noDefaultValue()
            .withDescription("The CSV file to replay, plain or .gz; its first line names the columns of the table.");

    /** How many rows are emitted per second. */
    public static final ConfigOption<Double> ROWS_PER_SECOND = ConfigOptions.key("rows-per-second")
            .doubleType()
            .defaultValue(1000.0)
            .withDescription("How many rows are emitted per second.");

    /** How many rows are emitted in all. */
    public static final ConfigOption<Long> ROWS = ConfigOptions.key("rows")
            .longType()
            .noDefaultValue()
            .withDescription("How many rows are emitted in all, at most those of the file; all of them if not set.");

    /** How often each row is emitted. */
    public static final ConfigOption<Integer> STEPS = ConfigOptions.key("steps")
            .intType()
            .defaultValue(1)
            .withDescription(
                    "How often each row is emitted. If more than once, the table's first column is 'step INT': "
                            + "how often the row was emitted before.");

    private ReplayOptions() {}
}
