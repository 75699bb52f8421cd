package io.deltacat.flink.table;

import io.deltacat.flink.DeltaCatConnection;
import io.deltacat.flink.table.TableOption.Section;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.table.factories.FactoryUtil;

/**
 * Every option of {@code 'connector' = 'deltacat'}: key, type, default, meaning and what a value must be. The one place
 * they are defined in; {@code docs/options.md} is generated from here.
 */
@PublicEvolving
public final class DeltaCatOptions {

    /** Address of the DeltaCAT server. */
    public static final ConfigOption<String> URI = ConfigOptions.key("uri")
            .stringType()
            .noDefaultValue()
            .withDescription("Address of the DeltaCAT server, such as http://localhost:8080.");

    /** Bearer token. */
    public static final ConfigOption<String> TOKEN = ConfigOptions.key("token")
            .stringType()
            .noDefaultValue()
            .withDescription("Bearer token for the server. It travels in the job graph only: never in state, logs or "
                    + "messages. Leave it out for a server without authentication.");

    /** User for servers without tokens. */
    public static final ConfigOption<String> USER = ConfigOptions.key("user")
            .stringType()
            .noDefaultValue()
            .withDescription("Name sent to servers that run without tokens, as the owner of write sessions.");

    /** Catalog on the server. */
    public static final ConfigOption<String> CATALOG = ConfigOptions.key("catalog")
            .stringType()
            .noDefaultValue()
            .withDescription("Catalog on the server. The server's own default catalog if left out.");

    /** Namespace of the table. */
    public static final ConfigOption<String> NAMESPACE = ConfigOptions.key("namespace")
            .stringType()
            .defaultValue("default")
            .withDescription("Namespace of the table.");

    /** Name of the table. */
    public static final ConfigOption<String> TABLE = ConfigOptions.key("table")
            .stringType()
            .noDefaultValue()
            .withDescription("Name of the table in its namespace.");

    /** Version of the table. */
    public static final ConfigOption<String> TABLE_VERSION = ConfigOptions.key("table-version")
            .stringType()
            .noDefaultValue()
            .withDescription("Version of the table. The version that the server treats as current if left out.");

    /** Longest wait for a reply. */
    public static final ConfigOption<Duration> REQUEST_TIMEOUT = ConfigOptions.key("request-timeout")
            .durationType()
            .defaultValue(DeltaCatConnection.DEFAULT_REQUEST_TIMEOUT)
            .withDescription("Longest wait for one reply of the server; commits have 'sink.commit.timeout'.");

    /** Where to begin. */
    public static final ConfigOption<StartupMode> SCAN_STARTUP_MODE = ConfigOptions.key("scan.startup.mode")
            .enumType(StartupMode.class)
            .noDefaultValue()
            .withDescription("Where a job that is not restored begins to read: 'subscription' at the watermark of "
                    + "'scan.subscription-id', 'full' with everything the table holds, 'latest' with what is added "
                    + "from now on. Default: 'subscription' if 'scan.subscription-id' is set, else 'full'. A restored "
                    + "job always goes on where its checkpoint stands.");

    /** Where to end. */
    public static final ConfigOption<BoundedMode> SCAN_BOUNDED_MODE = ConfigOptions.key("scan.bounded.mode")
            .enumType(BoundedMode.class)
            .defaultValue(BoundedMode.UNBOUNDED)
            .withDescription("Where reading ends: 'unbounded' never, 'latest' with the snapshot that the table shows "
                    + "when the job starts. In batch mode it is always 'latest', and start options are not looked at.");

    /** Subscription to follow. */
    public static final ConfigOption<String> SCAN_SUBSCRIPTION_ID = ConfigOptions.key("scan.subscription-id")
            .stringType()
            .noDefaultValue()
            .withDescription("Subscription whose watermark the job starts from and moves on. It must exist and follow "
                    + "this table, and no second job may use it at the same time.");

    /** Pause between two looks for new deltas. */
    public static final ConfigOption<Duration> SCAN_DISCOVERY_INTERVAL = ConfigOptions.key("scan.discovery.interval")
            .durationType()
            .defaultValue(Duration.ofSeconds(1))
            .withDescription("Pause between two looks for new deltas. One task of the job looks, whatever the "
                    + "parallelism.");

    /** When to acknowledge. */
    public static final ConfigOption<AcknowledgePolicy> SCAN_ACK = ConfigOptions.key("scan.ack")
            .enumType(AcknowledgePolicy.class)
            .defaultValue(AcknowledgePolicy.ON_CHECKPOINT)
            .withDescription("When the watermark of the subscription moves on: 'on-checkpoint' when a checkpoint that "
                    + "covers the rows has completed, 'none' never.");

    /** Readers. */
    public static final ConfigOption<Integer> SCAN_PARALLELISM = FactoryUtil.SOURCE_PARALLELISM;

    /** Kind of delta. */
    public static final ConfigOption<AppendMode> SINK_MODE = ConfigOptions.key("sink.mode")
            .enumType(AppendMode.class)
            .defaultValue(AppendMode.APPEND)
            .withDescription("How the rows of a checkpoint are added: 'append' as an ordered delta, which readers "
                    + "follow at low cost and which one job at a time can write, or 'add' as an unordered delta, which "
                    + "any number of jobs may write at once.");

    /** Name of the sink. */
    public static final ConfigOption<String> SINK_ID = ConfigOptions.key("sink.id")
            .stringType()
            .noDefaultValue()
            .withDescription("Name of this sink among those that write to the server. Default: catalog, namespace and "
                    + "table. Two jobs, or two sinks of one job, that write to one table need different names.");

    /** Longest time for a commit. */
    public static final ConfigOption<Duration> SINK_COMMIT_TIMEOUT = ConfigOptions.key("sink.commit.timeout")
            .durationType()
            .defaultValue(Duration.ofMinutes(5))
            .withDescription("How long preparing or committing the transaction of a checkpoint may be retried before "
                    + "the job fails over.");

    /** Size to roll files at. */
    public static final ConfigOption<MemorySize> SINK_TARGET_FILE_SIZE = ConfigOptions.key("sink.target-file-size")
            .memoryType()
            .defaultValue(MemorySize.ofMebiBytes(128))
            .withDescription("Size at which a writer closes a data file and begins another. A checkpoint closes files "
                    + "of any size.");

    /** Whether to create the table. */
    public static final ConfigOption<Boolean> SINK_CREATE_IF_MISSING = ConfigOptions.key("sink.create-if-missing")
            .booleanType()
            .defaultValue(false)
            .withDescription("Whether a job that writes creates the table, with the declared columns, if the server "
                    + "does not have it.");

    /** Writers. */
    public static final ConfigOption<Integer> SINK_PARALLELISM = FactoryUtil.SINK_PARALLELISM;

    private static final String NAME = "a name";
    private static final String DURATION = "a positive duration such as '10 s'";
    private static final String PARALLELISM = "a whole number from 1 on";

    private DeltaCatOptions() {}

    /** Returns every option in the order of the documentation. */
    static List<TableOption<?>> all() {
        return List.of(
                text(URI, Section.CONNECTION, "http://HOST:PORT or https://HOST[:PORT]"),
                text(TOKEN, Section.CONNECTION, "a bearer token of printable ASCII characters"),
                text(USER, Section.CONNECTION, NAME),
                text(CATALOG, Section.CONNECTION, NAME),
                text(NAMESPACE, Section.CONNECTION, NAME),
                text(TABLE, Section.CONNECTION, NAME),
                text(TABLE_VERSION, Section.CONNECTION, "the name of a version"),
                duration(REQUEST_TIMEOUT, Section.CONNECTION),
                choice(SCAN_STARTUP_MODE, Section.SOURCE, StartupMode.values()),
                choice(SCAN_BOUNDED_MODE, Section.SOURCE, BoundedMode.values()),
                text(SCAN_SUBSCRIPTION_ID, Section.SOURCE, "the id of a subscription"),
                duration(SCAN_DISCOVERY_INTERVAL, Section.SOURCE),
                choice(SCAN_ACK, Section.SOURCE, AcknowledgePolicy.values()),
                new TableOption<>(SCAN_PARALLELISM, Section.SOURCE, PARALLELISM, parallelism -> parallelism > 0),
                choice(SINK_MODE, Section.SINK, AppendMode.values()),
                text(SINK_ID, Section.SINK, NAME),
                duration(SINK_COMMIT_TIMEOUT, Section.SINK),
                new TableOption<>(
                        SINK_TARGET_FILE_SIZE,
                        Section.SINK,
                        "a positive size such as '128 mb'",
                        size -> size.getBytes() > 0),
                new TableOption<>(SINK_CREATE_IF_MISSING, Section.SINK, "one of true, false", value -> true),
                new TableOption<>(SINK_PARALLELISM, Section.SINK, PARALLELISM, parallelism -> parallelism > 0));
    }

    private static TableOption<String> text(ConfigOption<String> option, Section section, String expected) {
        return new TableOption<>(option, section, expected, value -> !value.isBlank());
    }

    private static TableOption<Duration> duration(ConfigOption<Duration> option, Section section) {
        return new TableOption<>(
                option, section, DURATION, duration -> !duration.isNegative() && duration.toMillis() > 0);
    }

    private static <E extends Enum<E>> TableOption<E> choice(ConfigOption<E> option, Section section, E[] values) {
        String expected = Arrays.stream(values).map(Enum::toString).collect(Collectors.joining(", ", "one of ", ""));
        return new TableOption<>(option, section, expected, value -> true);
    }
}
