package io.deltacat.flink.table;

import io.deltacat.client.read.merge.MergeOptions;
import io.deltacat.flink.DeltaCatConnection;
import io.deltacat.flink.sink.DeltaCatSinkBuilder;
import io.deltacat.flink.sink.Distribution;
import io.deltacat.flink.sink.InvalidRowPolicy;
import io.deltacat.flink.sink.SchemaEvolution;
import io.deltacat.flink.sink.SinkMode;
import io.deltacat.flink.sink.commit.CommitOrigin;
import io.deltacat.flink.source.Acknowledgement;
import io.deltacat.flink.source.ChangelogMode;
import io.deltacat.flink.source.DeltaCatSourceBuilder;
import io.deltacat.flink.source.DiscoveryFeed;
import io.deltacat.flink.source.ForeignWatermarkPolicy;
import io.deltacat.flink.source.HistoryPolicy;
import io.deltacat.flink.source.RedrivePolicy;
import io.deltacat.flink.source.StartMode;
import io.deltacat.flink.table.TableOption.Section;
import io.deltacat.format.file.Codec;
import io.deltacat.format.file.ReadOptions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
            .withDescription("Longest wait for one reply of the server, commits aside.");

    /** Longest wait for the reply of a commit. */
    public static final ConfigOption<Duration> COMMIT_TIMEOUT = ConfigOptions.key("commit-timeout")
            .durationType()
            .defaultValue(DeltaCatConnection.DEFAULT_COMMIT_TIMEOUT)
            .withDescription("Longest wait for the reply to one request that commits or prepares: the commit of a "
                    + "transaction and the registration of files. A commit whose reply does not come is looked "
                    + "up, not repeated; 'sink.prepare.timeout' and 'sink.commit.timeout' bound all attempts "
                    + "together.");

    /** Where to begin. */
    public static final ConfigOption<StartMode> SCAN_STARTUP_MODE = ConfigOptions.key("scan.startup.mode")
            .enumType(StartMode.class)
            .noDefaultValue()
            .withDescription("Where a job that is not restored begins to read: 'subscription' at the watermark of "
                    + "'scan.subscription-id', 'full' with everything the table holds, 'latest' with what is committed "
                    + "from now on, 'earliest' with the first delta there still is, 'timestamp' with what was committed "
                    + "from 'scan.startup.timestamp' on. Of a table with merge keys, 'full' is its merged rows and then the "
                    + "changes, 'earliest' all changes. Default: 'subscription' if 'scan.subscription-id' is set, else 'full'. A restored "
                    + "job always goes on where its checkpoint stands.");

    /** When to begin. */
    public static final ConfigOption<String> SCAN_STARTUP_TIMESTAMP = ConfigOptions.key("scan.startup.timestamp")
            .stringType()
            .noDefaultValue()
            .withDescription("Time by the server's clock to begin at, with 'scan.startup.mode' = 'timestamp'.");

    /** When to end. */
    public static final ConfigOption<String> SCAN_BOUNDED_TIMESTAMP = ConfigOptions.key("scan.bounded.timestamp")
            .stringType()
            .noDefaultValue()
            .withDescription(
                    "Time by the server's clock to end at, with 'scan.bounded.mode' = 'as-of'. Commits before it "
                            + "are seen.");

    /** How deltas become rows. */
    public static final ConfigOption<ChangelogMode> SCAN_CHANGELOG_MODE = ConfigOptions.key("scan.changelog.mode")
            .enumType(ChangelogMode.class)
            .defaultValue(ChangelogMode.UPSERT)
            .withDescription(
                    "How the deltas of a table with merge keys become rows: 'upsert' as a changelog by PRIMARY KEY, "
                            + "'append-only' as they were written, every row an insert, with the metadata column 'delta-kind' to tell "
                            + "upserts from deletes.");

    /** What to do when emitted rows are replaced. */
    public static final ConfigOption<HistoryPolicy> SCAN_ON_REPLACE = ConfigOptions.key("scan.on-replace")
            .enumType(HistoryPolicy.class)
            .defaultValue(HistoryPolicy.FAIL)
            .withDescription(
                    "What to do when rows that were emitted are replaced, truncated, rolled back or dropped: 'fail' stops "
                            + "the job, 'resnapshot' emits what took their place, without taking back what was emitted, "
                            + "'skip' goes on with what is committed after that. Compactions change no rows and need no policy.");

    /** What to do when history is lost. */
    public static final ConfigOption<HistoryPolicy> SCAN_ON_HISTORY_LOST = ConfigOptions.key("scan.on-history-lost")
            .enumType(HistoryPolicy.class)
            .defaultValue(HistoryPolicy.FAIL)
            .withDescription(
                    "What to do when deltas are gone before they were read: 'fail' stops the job, 'resnapshot' emits all "
                            + "that the partition holds, 'skip' goes on; the lost range is logged and counted.");

    /** Where to end. */
    public static final ConfigOption<BoundedMode> SCAN_BOUNDED_MODE = ConfigOptions.key("scan.bounded.mode")
            .enumType(BoundedMode.class)
            .defaultValue(BoundedMode.UNBOUNDED)
            .withDescription("Where reading ends: 'unbounded' never, 'latest' with the snapshot that the table shows "
                    + "when the job starts, 'as-of' with the table as it was at 'scan.bounded.timestamp'. In batch mode "
                    + "'unbounded' means 'latest', and 'scan.startup.mode' may not be 'latest' or 'subscription'.");

    /** Subscription to follow. */
    public static final ConfigOption<String> SCAN_SUBSCRIPTION_ID = ConfigOptions.key("scan.subscription-id")
            .stringType()
            .noDefaultValue()
            .withDescription("Subscription whose watermark the job starts from and moves on. It must follow "
                    + "this table, and no second job may use it at the same time.");

    /** Pause between two looks for new deltas. */
    public static final ConfigOption<Duration> SCAN_DISCOVERY_INTERVAL = ConfigOptions.key("scan.discovery.interval")
            .durationType()
            .defaultValue(DeltaCatSourceBuilder.DEFAULT_DISCOVERY_INTERVAL)
            .withDescription("Pause between two looks for new deltas. One task of the job looks, whatever the "
                    + "parallelism.");

    /** How new deltas are found. */
    public static final ConfigOption<DiscoveryFeed> SCAN_DISCOVERY_FEED = ConfigOptions.key("scan.discovery.feed")
            .enumType(DiscoveryFeed.class)
            .defaultValue(DiscoveryFeed.AUTO)
            .withDescription(
                    "How new deltas are found: 'listing' asks the server for what is new, 'plan' compares read "
                            + "plans, which works with every server and costs as much as the table has files, 'auto' lists "
                            + "where the server can. All find the same deltas.");

    /** When to acknowledge. */
    public static final ConfigOption<Acknowledgement> SCAN_ACK = ConfigOptions.key("scan.ack")
            .enumType(Acknowledgement.class)
            .defaultValue(Acknowledgement.ON_CHECKPOINT)
            .withDescription(
                    "When the watermark of the subscription moves on: 'on-checkpoint' when a checkpoint that "
                            + "covers the rows has completed, 'none' never. There is no 'on-savepoint': Flink does not tell a source "
                            + "which checkpoints are savepoints, and not at all that one completed unless the job stops with it.");

    /** How far acknowledgements stay behind. */
    public static final ConfigOption<Duration> SCAN_ACK_SAFETY_LAG = ConfigOptions.key("scan.ack.safety-lag")
            .durationType()
            .defaultValue(Duration.ZERO)
            .withDescription(
                    "How long a checkpoint has been completed before the watermark moves on to it. Whoever starts "
                            + "from the watermark reads at least that much again; a job that ends leaves it behind by as much.");

    /** What to do about a watermark that was moved back. */
    public static final ConfigOption<RedrivePolicy> SCAN_ON_REDRIVE = ConfigOptions.key("scan.on-redrive")
            .enumType(RedrivePolicy.class)
            .defaultValue(RedrivePolicy.FAIL)
            .withDescription("What to do when the subscription's watermark was moved back or removed: 'fail' stops the "
                    + "job, 'reread' finishes what is under way and emits again what lies behind the watermark, 'ignore' "
                    + "emits nothing again and puts this job's progress in its place.");

    /** Whether to create the subscription. */
    public static final ConfigOption<Boolean> SCAN_SUBSCRIPTION_CREATE = ConfigOptions.key(
                    "scan.subscription.create-if-missing")
            .booleanType()
            .defaultValue(false)
            .withDescription(
                    "Whether a job creates the subscription if the server does not have it: for this table only, "
                            + "triggered by nobody, with a worker tag of its own that keeps other workers from it. It is never deleted.");

    /** What to do about others' acknowledgements. */
    public static final ConfigOption<ForeignWatermarkPolicy> SCAN_ON_FOREIGN_WATERMARK = ConfigOptions.key(
                    "scan.on-foreign-watermark")
            .enumType(ForeignWatermarkPolicy.class)
            .defaultValue(ForeignWatermarkPolicy.FAIL)
            .withDescription(
                    "What to do when somebody else moved the subscription's watermark on: 'fail' stops the job, "
                            + "'overwrite' puts this job's progress in its place, 'adopt' keeps the higher position of the two. "
                            + "Two sources of one job that move one watermark always stop it.");

    /** Pause between two looks at the subscription. */
    public static final ConfigOption<Duration> SCAN_SUBSCRIPTION_STATUS_INTERVAL = ConfigOptions.key(
                    "scan.subscription.status-interval")
            .durationType()
            .defaultValue(DeltaCatSourceBuilder.DEFAULT_STATUS_INTERVAL)
            .withDescription(
                    "Pause between two looks at whether the subscription was paused, deleted or set to error.");

    /** Longest outage. */
    public static final ConfigOption<Duration> SCAN_FAILURE_TOLERANCE = ConfigOptions.key("scan.failure-tolerance")
            .durationType()
            .defaultValue(DeltaCatSourceBuilder.DEFAULT_FAILURE_TOLERANCE)
            .withDescription("How long the server may be out of reach before the job fails over.");

    /** Bound of discovery. */
    public static final ConfigOption<Integer> SCAN_MAX_PENDING_SPLITS = ConfigOptions.key(
                    "scan.discovery.max-pending-splits")
            .intType()
            .defaultValue(DeltaCatSourceBuilder.DEFAULT_MAX_PENDING_SPLITS)
            .withDescription(
                    "How many splits may be unfinished before discovery waits. It bounds memory and checkpoint "
                            + "of the task that looks for deltas, whatever the size of the table.");

    /** Bytes of a split. */
    public static final ConfigOption<MemorySize> SCAN_SPLIT_SIZE = ConfigOptions.key("scan.split-size")
            .memoryType()
            .defaultValue(new MemorySize(DeltaCatSourceBuilder.DEFAULT_SPLIT_BYTES))
            .withDescription("About how many stored bytes one reader takes at a time; larger files are cut by rows.");

    /** Rows of a batch. */
    public static final ConfigOption<Integer> SCAN_BATCH_ROWS = ConfigOptions.key("scan.batch.rows")
            .intType()
            .defaultValue(ReadOptions.DEFAULT_BATCH_ROWS)
            .withDescription("Most rows of one decoded batch.");

    /** Bytes of a batch. */
    public static final ConfigOption<MemorySize> SCAN_BATCH_SIZE = ConfigOptions.key("scan.batch.size")
            .memoryType()
            .defaultValue(new MemorySize(ReadOptions.DEFAULT_BATCH_BYTES))
            .withDescription("About how many bytes of values one decoded batch holds.");

    /** Batches ahead. */
    public static final ConfigOption<Integer> SCAN_PREFETCH_BATCHES = ConfigOptions.key("scan.prefetch.batches")
            .intType()
            .noDefaultValue()
            .withDescription("How many decoded batches wait for a reader's task; two more are in hand. Flink's option "
                    + "'source.reader.element.queue.capacity' if left out, which is 2. A reader holds this many and two "
                    + "more times 'scan.batch.size'.");

    /** Heap of a merge. */
    public static final ConfigOption<MemorySize> SCAN_MERGE_MEMORY = ConfigOptions.key("scan.merge.memory")
            .memoryType()
            .defaultValue(new MemorySize(MergeOptions.DEFAULT_MAX_INDEX_BYTES))
            .withDescription("How much heap a reader may take for the keys of one partition of a table with merge keys "
                    + "that it merges. With less there are more passes over the key columns.");

    /** Bytes per second. */
    public static final ConfigOption<MemorySize> SCAN_RATE_LIMIT = ConfigOptions.key("scan.rate-limit")
            .memoryType()
            .noDefaultValue()
            .withDescription("How many stored bytes all readers together are handed in a second, on average, so that a "
                    + "backfill leaves the storage its share. No limit if left out.");

    /** Readers. */
    public static final ConfigOption<Integer> SCAN_PARALLELISM = FactoryUtil.SOURCE_PARALLELISM;

    /** Kind of delta. */
    public static final ConfigOption<SinkMode> SINK_MODE = ConfigOptions.key("sink.mode")
            .enumType(SinkMode.class)
            .defaultValue(SinkMode.APPEND)
            .withDescription(
                    "How the rows of a checkpoint are added to a table without merge keys: 'append' as an ordered delta, which readers "
                            + "follow at low cost and which one job at a time can write, or 'add' as an unordered delta, which "
                            + "any number of jobs may write at once. Tables with merge keys are always merged into.");

    /** Name of the sink. */
    public static final ConfigOption<String> SINK_ID = ConfigOptions.key("sink.id")
            .stringType()
            .noDefaultValue()
            .withDescription("Name of this sink among those that write to the server. Default: catalog, namespace and "
                    + "table. Two jobs, or two sinks of one job, that write to one table need different names.");

    /** Longest time for a commit. */
    public static final ConfigOption<Duration> SINK_COMMIT_TIMEOUT = ConfigOptions.key("sink.commit.timeout")
            .durationType()
            .defaultValue(DeltaCatSinkBuilder.DEFAULT_COMMIT_TIMEOUT)
            .withDescription("How long committing the transaction of one checkpoint may be tried before the job fails "
                    + "over and takes it up again. Nothing is lost then.");

    /** Longest time to prepare. */
    public static final ConfigOption<Duration> SINK_PREPARE_TIMEOUT = ConfigOptions.key("sink.prepare.timeout")
            .durationType()
            .defaultValue(DeltaCatSinkBuilder.DEFAULT_PREPARE_TIMEOUT)
            .withDescription(
                    "How long preparing the transaction of one checkpoint, or finishing one file, may be tried "
                            + "before the job fails over. It must be below 'execution.checkpointing.timeout'; if left out it "
                            + "is half of that at most.");

    /** Changes of the table. */
    public static final ConfigOption<SchemaEvolution> SINK_SCHEMA_EVOLUTION = ConfigOptions.key("sink.schema-evolution")
            .enumType(SchemaEvolution.class)
            .defaultValue(SchemaEvolution.NONE)
            .withDescription("How a job may change the columns of the table when it starts: 'none' not at all, "
                    + "'add-columns' by adding the declared columns that the table lacks, as nullable ones, 'full' also by "
                    + "widening the types of columns that cannot hold the declared ones.");

    /** What becomes of rows that do not fit. */
    public static final ConfigOption<InvalidRowPolicy> SINK_ON_INVALID_ROW = ConfigOptions.key("sink.on-invalid-row")
            .enumType(InvalidRowPolicy.class)
            .defaultValue(InvalidRowPolicy.FAIL)
            .withDescription(
                    "What becomes of a row that the table cannot hold: 'fail' fails the job with an error that "
                            + "names table, column, value and row kind, 'skip' leaves it out, counts it in "
                            + "numRecordsSendErrors and logs the first ones. DataStream jobs can have a side output instead.");

    /** Message of transactions. */
    public static final ConfigOption<String> SINK_COMMIT_MESSAGE = ConfigOptions.key("sink.commit.message")
            .stringType()
            .defaultValue(CommitOrigin.DEFAULT_MESSAGE)
            .withDescription("Message that the server keeps with the transaction of each checkpoint. Placeholders: "
                    + "{sink}, {job} (its id), {checkpoint}, {commit} (a random id), {tables}.");

    /** Size to roll files at. */
    public static final ConfigOption<MemorySize> SINK_TARGET_FILE_SIZE = ConfigOptions.key("sink.target-file-size")
            .memoryType()
            .defaultValue(new MemorySize(DeltaCatSinkBuilder.DEFAULT_TARGET_FILE_BYTES))
            .withDescription("Size at which a writer closes a data file and begins another. A checkpoint closes files "
                    + "of any size.");

    /** Rows to roll files at. */
    public static final ConfigOption<Long> SINK_MAX_ROWS_PER_FILE = ConfigOptions.key("sink.max-rows-per-file")
            .longType()
            .noDefaultValue()
            .withDescription("Rows at which a writer closes a data file and begins another. No limit if left out.");

    /** Age to roll files at. */
    public static final ConfigOption<Duration> SINK_FILE_ROLL_INTERVAL = ConfigOptions.key("sink.file-roll-interval")
            .durationType()
            .defaultValue(DeltaCatSinkBuilder.DEFAULT_FILE_ROLL_INTERVAL)
            .withDescription("Age at which a writer closes a data file, looked at when rows come. Matters only for "
                    + "checkpoints that are further apart.");

    /** Bound of open files. */
    public static final ConfigOption<Integer> SINK_MAX_OPEN_FILES = ConfigOptions.key("sink.max-open-files")
            .intType()
            .defaultValue(DeltaCatSinkBuilder.DEFAULT_MAX_OPEN_FILES)
            .withDescription("How many data files, one per partition, a writer keeps open at the same time. One more "
                    + "closes the file that was not written to for the longest time.");

    /** Bound of the memory of open files. */
    public static final ConfigOption<MemorySize> SINK_OPEN_FILES_MEMORY = ConfigOptions.key("sink.open-files-memory")
            .memoryType()
            .defaultValue(new MemorySize(DeltaCatSinkBuilder.DEFAULT_OPEN_FILES_MEMORY_BYTES))
            .withDescription("About how many bytes the open data files of a writer may hold in memory together. More "
                    + "closes the file that holds most.");

    /** Bound of the changes in memory. */
    public static final ConfigOption<MemorySize> SINK_UPSERT_BUFFER_SIZE = ConfigOptions.key("sink.upsert.buffer-size")
            .memoryType()
            .defaultValue(new MemorySize(DeltaCatSinkBuilder.DEFAULT_UPSERT_BUFFER_BYTES))
            .withDescription("How many bytes of changes a writer of a table with merge keys keeps in memory. Of the "
                    + "changes of a key that are in memory together only the last is written. A full buffer becomes a "
                    + "pair of deltas in the transaction of the checkpoint.");

    /** Exchange before the writers. */
    public static final ConfigOption<Distribution> SINK_DISTRIBUTION = ConfigOptions.key("sink.distribution")
            .enumType(Distribution.class)
            .defaultValue(Distribution.AUTO)
            .withDescription("How rows are spread over the writers: 'key' by merge keys, so that one key has one "
                    + "writer, 'partition' by partitions, for few and large files, 'none' as they come, 'auto' by key for "
                    + "a table with merge keys and else as they come. With 'none' all changes of one key must come to one "
                    + "writer in order.");

    /** Compression of files. */
    public static final ConfigOption<Codec> SINK_COMPRESSION = ConfigOptions.key("sink.compression")
            .enumType(Codec.class)
            .defaultValue(Codec.ZSTD)
            .withDescription("Compression of data files.");

    /** Files finished at once. */
    public static final ConfigOption<Integer> SINK_UPLOAD_PARALLELISM = ConfigOptions.key("sink.upload.parallelism")
            .intType()
            .defaultValue(DeltaCatSinkBuilder.DEFAULT_UPLOAD_PARALLELISM)
            .withDescription("How many files of one writer are finished in the background at the same time. Each may "
                    + "hold a row group in memory.");

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
    private static final String SIZE = "a positive size such as '128 mb'";
    private static final String COUNT = "a whole number from 1 on";

    private DeltaCatOptions() {}

    /** Returns every option in the order of the documentation. */
    static List<TableOption<?>> all() {
        return Stream.of(connection(), source(), sink()).flatMap(List::stream).toList();
    }

    private static List<TableOption<?>> connection() {
        return List.of(
                text(URI, Section.CONNECTION, "http://HOST:PORT or https://HOST[:PORT]"),
                text(TOKEN, Section.CONNECTION, "a bearer token of printable ASCII characters"),
                text(USER, Section.CONNECTION, NAME),
                text(CATALOG, Section.CONNECTION, NAME),
                text(NAMESPACE, Section.CONNECTION, NAME),
                text(TABLE, Section.CONNECTION, NAME),
                text(TABLE_VERSION, Section.CONNECTION, "the name of a version"),
                duration(REQUEST_TIMEOUT, Section.CONNECTION),
                duration(COMMIT_TIMEOUT, Section.CONNECTION));
    }

    private static List<TableOption<?>> source() {
        return List.of(
                choice(SCAN_STARTUP_MODE, Section.SOURCE, StartMode.values()),
                time(SCAN_STARTUP_TIMESTAMP),
                choice(SCAN_BOUNDED_MODE, Section.SOURCE, BoundedMode.values()),
                time(SCAN_BOUNDED_TIMESTAMP),
                choice(SCAN_CHANGELOG_MODE, Section.SOURCE, ChangelogMode.values()),
                choice(SCAN_ON_REPLACE, Section.SOURCE, HistoryPolicy.values()),
                choice(SCAN_ON_HISTORY_LOST, Section.SOURCE, HistoryPolicy.values()),
                text(SCAN_SUBSCRIPTION_ID, Section.SOURCE, "the id of a subscription"),
                choice(SCAN_ACK, Section.SOURCE, Acknowledgement.values()),
                new TableOption<>(
                        SCAN_ACK_SAFETY_LAG,
                        Section.SOURCE,
                        "a duration such as '15 min', 0 for none",
                        duration -> !duration.isNegative()),
                choice(SCAN_ON_REDRIVE, Section.SOURCE, RedrivePolicy.values()),
                new TableOption<>(SCAN_SUBSCRIPTION_CREATE, Section.SOURCE, "one of true, false", value -> true),
                choice(SCAN_ON_FOREIGN_WATERMARK, Section.SOURCE, ForeignWatermarkPolicy.values()),
                duration(SCAN_SUBSCRIPTION_STATUS_INTERVAL, Section.SOURCE),
                duration(SCAN_DISCOVERY_INTERVAL, Section.SOURCE),
                choice(SCAN_DISCOVERY_FEED, Section.SOURCE, DiscoveryFeed.values()),
                count(SCAN_MAX_PENDING_SPLITS, Section.SOURCE),
                new TableOption<>(
                        SCAN_FAILURE_TOLERANCE,
                        Section.SOURCE,
                        "a duration such as '15 min', 0 for none",
                        duration -> !duration.isNegative()),
                size(SCAN_SPLIT_SIZE, Section.SOURCE),
                count(SCAN_BATCH_ROWS, Section.SOURCE),
                size(SCAN_BATCH_SIZE, Section.SOURCE),
                count(SCAN_PREFETCH_BATCHES, Section.SOURCE),
                size(SCAN_MERGE_MEMORY, Section.SOURCE),
                size(SCAN_RATE_LIMIT, Section.SOURCE),
                count(SCAN_PARALLELISM, Section.SOURCE));
    }

    private static List<TableOption<?>> sink() {
        return List.of(
                choice(SINK_MODE, Section.SINK, SinkMode.values()),
                text(SINK_ID, Section.SINK, NAME),
                new TableOption<>(SINK_CREATE_IF_MISSING, Section.SINK, "one of true, false", value -> true),
                choice(SINK_SCHEMA_EVOLUTION, Section.SINK, SchemaEvolution.values()),
                choice(SINK_ON_INVALID_ROW, Section.SINK, InvalidRowPolicy.values()),
                size(SINK_TARGET_FILE_SIZE, Section.SINK),
                new TableOption<>(SINK_MAX_ROWS_PER_FILE, Section.SINK, COUNT, count -> count > 0),
                duration(SINK_FILE_ROLL_INTERVAL, Section.SINK),
                count(SINK_MAX_OPEN_FILES, Section.SINK),
                size(SINK_OPEN_FILES_MEMORY, Section.SINK),
                size(SINK_UPSERT_BUFFER_SIZE, Section.SINK),
                choice(SINK_DISTRIBUTION, Section.SINK, Distribution.values()),
                choice(SINK_COMPRESSION, Section.SINK, Codec.values()),
                count(SINK_UPLOAD_PARALLELISM, Section.SINK),
                duration(SINK_PREPARE_TIMEOUT, Section.SINK),
                duration(SINK_COMMIT_TIMEOUT, Section.SINK),
                new TableOption<>(
                        SINK_COMMIT_MESSAGE,
                        Section.SINK,
                        "a text with the placeholders {sink}, {job}, {checkpoint}, {commit}, {tables} or without",
                        CommitOrigin::isTemplate),
                count(SINK_PARALLELISM, Section.SINK));
    }

    /** Returns a constant as users type it: lower case, as the documentation shows it. */
    static String shown(Enum<?> value) {
        return value.toString().toLowerCase(Locale.ROOT);
    }

    private static TableOption<String> text(ConfigOption<String> option, Section section, String expected) {
        return new TableOption<>(option, section, expected, value -> !value.isBlank());
    }

    private static TableOption<String> time(ConfigOption<String> option) {
        return new TableOption<>(
                option,
                Section.SOURCE,
                Timestamps.EXPECTED,
                value -> Timestamps.parse(value).isPresent());
    }

    private static TableOption<Duration> duration(ConfigOption<Duration> option, Section section) {
        return new TableOption<>(
                option, section, DURATION, duration -> !duration.isNegative() && duration.toMillis() > 0);
    }

    private static TableOption<MemorySize> size(ConfigOption<MemorySize> option, Section section) {
        return new TableOption<>(option, section, SIZE, size -> size.getBytes() > 0);
    }

    private static TableOption<Integer> count(ConfigOption<Integer> option, Section section) {
        return new TableOption<>(option, section, COUNT, count -> count > 0);
    }

    private static <E extends Enum<E>> TableOption<E> choice(ConfigOption<E> option, Section section, E[] values) {
        String expected =
                Arrays.stream(values).map(DeltaCatOptions::shown).collect(Collectors.joining(", ", "one of ", ""));
        return new TableOption<>(option, section, expected, value -> true);
    }
}
