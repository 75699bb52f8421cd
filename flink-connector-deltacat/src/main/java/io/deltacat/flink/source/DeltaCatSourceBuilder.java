package io.deltacat.flink.source;

import io.deltacat.client.TableRef;
import io.deltacat.client.filter.Filter;
import io.deltacat.client.read.merge.MergeOptions;
import io.deltacat.flink.DeltaCatConnection;
import io.deltacat.flink.source.enumerator.DiscoveryRules;
import io.deltacat.flink.source.enumerator.EnumeratorOptions;
import io.deltacat.flink.source.enumerator.ReadRange;
import io.deltacat.flink.source.enumerator.SubscriptionRules;
import io.deltacat.flink.source.enumerator.SubscriptionRules.Absence;
import io.deltacat.flink.source.feed.HistoryRules;
import io.deltacat.flink.source.feed.RowReading;
import io.deltacat.flink.source.reader.ReadSpec;
import io.deltacat.format.file.ReadOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.table.types.logical.RowType;
import org.jspecify.annotations.Nullable;

/**
 * Collects the settings of a {@link DeltaCatSource} and checks them in {@link #build()}. Every setting but connection and
 * table has a default. Not thread-safe.
 */
@PublicEvolving
public final class DeltaCatSourceBuilder {
    /** Pause between looks for new deltas. */
    public static final Duration DEFAULT_DISCOVERY_INTERVAL = Duration.ofSeconds(1);

    /** Pause between looks at the subscription's state. */
    public static final Duration DEFAULT_STATUS_INTERVAL = Duration.ofSeconds(30);

    /** How long the server may be out of reach before the job fails. */
    public static final Duration DEFAULT_FAILURE_TOLERANCE = Duration.ofMinutes(15);

    /** Unfinished splits at which discovery stops. */
    public static final int DEFAULT_MAX_PENDING_SPLITS = 4_096;

    /** Stored bytes of one split. */
    public static final long DEFAULT_SPLIT_BYTES = 128L << 20;

    private @Nullable DeltaCatConnection connection;
    private @Nullable TableRef table;
    private @Nullable Schema schema;
    private @Nullable RowType rowType;
    private @Nullable String subscriptionId;
    private @Nullable StartMode startMode;
    private @Nullable Instant startTime;
    private @Nullable Instant endTime;
    private @Nullable List<String> mergeKeys;
    private ChangelogMode changelogMode = ChangelogMode.UPSERT;
    private HistoryPolicy onReplace = HistoryPolicy.FAIL;
    private HistoryPolicy onHistoryLost = HistoryPolicy.FAIL;
    private List<SourceMetadata> metadata = List.of();
    private @Nullable Filter filter;
    private long limit = ReadSpec.NO_LIMIT;
    private @Nullable String eventTime;
    private Boundedness boundedness = Boundedness.CONTINUOUS_UNBOUNDED;
    private DiscoveryFeed feed = DiscoveryFeed.AUTO;
    private Acknowledgement acknowledgement = Acknowledgement.ON_CHECKPOINT;
    private ForeignWatermarkPolicy foreignWatermark = ForeignWatermarkPolicy.FAIL;
    private RedrivePolicy onRedrive = RedrivePolicy.FAIL;
    private Duration safetyLag = Duration.ZERO;
    private Absence subscriptionAbsence = Absence.FAIL;
    private Duration discoveryInterval = DEFAULT_DISCOVERY_INTERVAL;
    private Duration statusInterval = DEFAULT_STATUS_INTERVAL;
    private Duration failureTolerance = DEFAULT_FAILURE_TOLERANCE;
    private int maxPendingSplits = DEFAULT_MAX_PENDING_SPLITS;
    private long splitBytes = DEFAULT_SPLIT_BYTES;
    private int batchRows = ReadOptions.DEFAULT_BATCH_ROWS;
    private long batchBytes = ReadOptions.DEFAULT_BATCH_BYTES;
    private int prefetchedBatches = ReadSpec.FLINKS_PREFETCH;
    private long mergeBytes = MergeOptions.DEFAULT_MAX_INDEX_BYTES;
    private long bytesPerSecond = Long.MAX_VALUE;

    DeltaCatSourceBuilder() {}

    /**
     * Sets how to reach the server. Required.
     *
     * @param value the connection
     * @return this builder
     */
    public DeltaCatSourceBuilder connection(DeltaCatConnection value) {
        connection = Objects.requireNonNull(value, "connection");
        return this;
    }

    /**
     * Sets the table. Required.
     *
     * @param value the table, of its current version if the reference names none
     * @return this builder
     */
    public DeltaCatSourceBuilder table(TableRef value) {
        table = Objects.requireNonNull(value, "table");
        return this;
    }

    /**
     * Sets the table's columns, to spare {@link #build()} the call that asks for them.
     *
     * @param value the table's Arrow schema
     * @return this builder
     */
    public DeltaCatSourceBuilder schema(Schema value) {
        schema = Objects.requireNonNull(value, "schema");
        return this;
    }

    /**
     * Sets the columns to read, by name. Default: all columns of the table.
     *
     * @param value names and types of the rows to emit
     * @return this builder
     */
    public DeltaCatSourceBuilder rowType(RowType value) {
        rowType = Objects.requireNonNull(value, "rowType");
        return this;
    }

    /**
     * Sets the subscription to start from and to move on. Default: none.
     *
     * @param value id of an existing subscription of this table that no other worker uses
     * @return this builder
     */
    public DeltaCatSourceBuilder subscription(String value) {
        subscriptionId = Objects.requireNonNull(value, "subscription");
        return this;
    }

    /**
     * Sets where to start without restored state. Default: {@link StartMode#SUBSCRIPTION} with a subscription, else
     * {@link StartMode#FULL}.
     *
     * @param value the mode
     * @return this builder
     */
    public DeltaCatSourceBuilder startMode(StartMode value) {
        startMode = Objects.requireNonNull(value, "startMode");
        return this;
    }

    /**
     * Starts, without restored state, with what was committed from a time on; the same as {@link StartMode#TIMESTAMP}.
     *
     * @param value a time by the server's clock that the table's history still covers
     * @return this builder
     */
    public DeltaCatSourceBuilder startAt(Instant value) {
        startTime = Objects.requireNonNull(value, "startAt");
        startMode = StartMode.TIMESTAMP;
        return this;
    }

    /**
     * Ends reading with the table as it was at a time; reading is bounded then. Commits before this time are seen.
     *
     * @param value a time by the server's clock
     * @return this builder
     */
    public DeltaCatSourceBuilder endAt(Instant value) {
        endTime = Objects.requireNonNull(value, "endAt");
        boundedness = Boundedness.BOUNDED;
        return this;
    }

    /**
     * Sets the table's merge keys, to spare {@link #build()} the call that asks for them; goes with {@link #schema}.
     *
     * @param value the columns, none for a table whose rows are only added
     * @return this builder
     */
    public DeltaCatSourceBuilder mergeKeys(List<String> value) {
        mergeKeys = List.copyOf(value);
        return this;
    }

    /**
     * Sets how deltas of a table with merge keys become rows. Default: {@link ChangelogMode#UPSERT}.
     *
     * @param value the mode
     * @return this builder
     */
    public DeltaCatSourceBuilder changelogMode(ChangelogMode value) {
        changelogMode = Objects.requireNonNull(value, "changelogMode");
        return this;
    }

    /**
     * Sets what to do when rows that were emitted are replaced. Default: {@link HistoryPolicy#FAIL}.
     *
     * @param value the policy
     * @return this builder
     */
    public DeltaCatSourceBuilder onReplace(HistoryPolicy value) {
        onReplace = Objects.requireNonNull(value, "onReplace");
        return this;
    }

    /**
     * Sets what to do when deltas are gone before they were read. Default: {@link HistoryPolicy#FAIL}.
     *
     * @param value the policy
     * @return this builder
     */
    public DeltaCatSourceBuilder onHistoryLost(HistoryPolicy value) {
        onHistoryLost = Objects.requireNonNull(value, "onHistoryLost");
        return this;
    }

    /**
     * Sets what to append to the values of each row. Default: nothing.
     *
     * @param value the metadata columns, in order
     * @return this builder
     */
    public DeltaCatSourceBuilder metadata(List<SourceMetadata> value) {
        metadata = List.copyOf(value);
        return this;
    }

    /**
     * Sets what rows have to satisfy: others are left out, without being read where statistics of files and pages say so. Of a
     * table with merge keys that is read as a changelog, only those keys may be asked for. Default: all rows.
     *
     * @param value the filter
     * @return this builder
     */
    public DeltaCatSourceBuilder filter(Filter value) {
        filter = Objects.requireNonNull(value, "filter");
        return this;
    }

    /**
     * Lets the source emit watermarks by the statistics of a column: event time comes to the earliest row that is still to
     * be read, as far as files are known. Use it with {@code WatermarkStrategy.noWatermarks()}. Default: no watermarks.
     *
     * @param column a timestamp column of the table
     * @return this builder
     */
    public DeltaCatSourceBuilder eventTime(String column) {
        eventTime = Objects.requireNonNull(column, "eventTime");
        return this;
    }

    /**
     * Sets after how many rows each reader may stop. Default: never.
     *
     * @param value at least 1
     * @return this builder
     */
    public DeltaCatSourceBuilder limit(long value) {
        limit = value;
        return this;
    }

    /**
     * Sets whether reading ends with the snapshot the table shows when the job starts. Default: it goes on.
     *
     * @param value bounded or not
     * @return this builder
     */
    public DeltaCatSourceBuilder boundedness(Boundedness value) {
        boundedness = Objects.requireNonNull(value, "boundedness");
        return this;
    }

    /**
     * Sets how to learn about new deltas. Default: {@link DiscoveryFeed#AUTO}. Bounded reads always use plans.
     *
     * @param value the way
     * @return this builder
     */
    public DeltaCatSourceBuilder feed(DiscoveryFeed value) {
        feed = Objects.requireNonNull(value, "feed");
        return this;
    }

    /**
     * Sets when the subscription's watermark moves. Default: {@link Acknowledgement#ON_CHECKPOINT}.
     *
     * @param value when
     * @return this builder
     */
    public DeltaCatSourceBuilder acknowledgement(Acknowledgement value) {
        acknowledgement = Objects.requireNonNull(value, "acknowledgement");
        return this;
    }

    /**
     * Sets what to do when somebody else moved the subscription's watermark. Default: {@link ForeignWatermarkPolicy#FAIL}.
     *
     * @param value the policy
     * @return this builder
     */
    public DeltaCatSourceBuilder foreignWatermark(ForeignWatermarkPolicy value) {
        foreignWatermark = Objects.requireNonNull(value, "foreignWatermark");
        return this;
    }

    /**
     * Sets what to do when the subscription's watermark was moved back. Default: {@link RedrivePolicy#FAIL}.
     *
     * @param value the policy; a bounded read cannot {@link RedrivePolicy#REREAD}
     * @return this builder
     */
    public DeltaCatSourceBuilder onRedrive(RedrivePolicy value) {
        onRedrive = Objects.requireNonNull(value, "onRedrive");
        return this;
    }

    /**
     * Sets how old a completed checkpoint is before the subscription's watermark moves on to it, so that whoever starts there
     * reads at least that much again. Default: none.
     *
     * @param value not negative
     * @return this builder
     */
    public DeltaCatSourceBuilder safetyLag(Duration value) {
        safetyLag = Objects.requireNonNull(value, "safetyLag");
        return this;
    }

    /**
     * Sets whether the source creates its subscription when there is none. Default: the job stops.
     *
     * @param value whether to create it
     * @return this builder
     */
    public DeltaCatSourceBuilder createSubscription(boolean value) {
        subscriptionAbsence = value ? Absence.CREATE : Absence.FAIL;
        return this;
    }

    /**
     * Sets the pause between looks for new deltas. Default: {@link #DEFAULT_DISCOVERY_INTERVAL}.
     *
     * @param value at least 1 ms
     * @return this builder
     */
    public DeltaCatSourceBuilder discoveryInterval(Duration value) {
        discoveryInterval = Objects.requireNonNull(value, "discoveryInterval");
        return this;
    }

    /**
     * Sets the pause between looks at the subscription's state: paused, deleted, in error. Default:
     * {@link #DEFAULT_STATUS_INTERVAL}.
     *
     * @param value at least 1 ms
     * @return this builder
     */
    public DeltaCatSourceBuilder statusInterval(Duration value) {
        statusInterval = Objects.requireNonNull(value, "statusInterval");
        return this;
    }

    /**
     * Sets how long the server may be out of reach before the job fails. Default: {@link #DEFAULT_FAILURE_TOLERANCE}.
     *
     * @param value not negative; zero fails at the second failure in a row
     * @return this builder
     */
    public DeltaCatSourceBuilder failureTolerance(Duration value) {
        failureTolerance = Objects.requireNonNull(value, "failureTolerance");
        return this;
    }

    /**
     * Sets how many splits may be unfinished before discovery stops. It bounds the enumerator's memory and checkpoint.
     * Default: {@link #DEFAULT_MAX_PENDING_SPLITS}.
     *
     * @param value at least 1
     * @return this builder
     */
    public DeltaCatSourceBuilder maxPendingSplits(int value) {
        maxPendingSplits = value;
        return this;
    }

    /**
     * Sets how many stored bytes one split should have; larger files are cut by rows. Default: {@link #DEFAULT_SPLIT_BYTES}.
     *
     * @param value at least 1
     * @return this builder
     */
    public DeltaCatSourceBuilder splitBytes(long value) {
        splitBytes = value;
        return this;
    }

    /**
     * Sets the most rows a reader holds in one batch; it holds up to four batches. Default: that of the file formats.
     *
     * @param value at least 1
     * @return this builder
     */
    public DeltaCatSourceBuilder batchRows(int value) {
        batchRows = value;
        return this;
    }

    /**
     * Sets about how many bytes of values a reader holds in one batch. Default: that of the file formats.
     *
     * @param value at least 1
     * @return this builder
     */
    public DeltaCatSourceBuilder batchBytes(long value) {
        batchBytes = value;
        return this;
    }

    /**
     * Sets how many decoded batches wait for a reader's task; two more are in hand. Default: Flink's option
     * {@code source.reader.element.queue.capacity}.
     *
     * @param value at least 1
     * @return this builder
     */
    public DeltaCatSourceBuilder prefetchedBatches(int value) {
        check("scan.prefetch.batches", value, value >= 1, "at least 1");
        prefetchedBatches = value;
        return this;
    }

    /**
     * Sets how much heap the keys of one partition may take that is merged; with less there are more passes over the key
     * columns. Default: {@link MergeOptions#DEFAULT_MAX_INDEX_BYTES}.
     *
     * @param value at least 1
     * @return this builder
     */
    public DeltaCatSourceBuilder mergeBytes(long value) {
        mergeBytes = value;
        return this;
    }

    /**
     * Sets how many stored bytes all readers together are handed in a second, on average, so that a backfill leaves the
     * storage and the job's other sources their share. Default: no limit.
     *
     * @param value at least 1
     * @return this builder
     */
    public DeltaCatSourceBuilder bytesPerSecond(long value) {
        bytesPerSecond = value;
        return this;
    }

    /**
     * Checks the settings and builds the source. Asks the server for the table's columns unless {@link #schema} was set.
     *
     * @return the source
     * @throws IllegalArgumentException naming the option, if a setting is missing or cannot be used
     * @throws io.deltacat.client.DeltaCatException if the server cannot be asked, or has no such table
     */
    public DeltaCatSource build() {
        DeltaCatConnection server = required(connection, "connection");
        TableRef target = required(table, "table");
        check("scan.discovery.interval", discoveryInterval, discoveryInterval.toMillis() >= 1, "at least 1 ms");
        check("scan.subscription.status-interval", statusInterval, statusInterval.toMillis() >= 1, "at least 1 ms");
        check("scan.ack.safety-lag", safetyLag, !safetyLag.isNegative(), "no negative time");
        check(
                "scan.on-redrive",
                onRedrive,
                onRedrive != RedrivePolicy.REREAD || boundedness == Boundedness.CONTINUOUS_UNBOUNDED,
                "fail or ignore for a bounded read");
        check("scan.failure-tolerance", failureTolerance, !failureTolerance.isNegative(), "no negative time");
        check("scan.discovery.max-pending-splits", maxPendingSplits, maxPendingSplits >= 1, "at least 1");
        check("scan.split-size", splitBytes, splitBytes >= 1, "at least 1 byte");
        check("scan.merge.memory", mergeBytes, mergeBytes >= 1, "at least 1 byte");
        check("scan.rate-limit", bytesPerSecond, bytesPerSecond >= 1, "at least 1 byte");
        check("scan.batch.rows", batchRows, batchRows >= 1, "at least 1");
        check("scan.batch.size", batchBytes, batchBytes >= 1, "at least 1 byte");
        if (subscriptionId != null) {
            check("scan.subscription-id", subscriptionId, !subscriptionId.isBlank(), "the id of a subscription");
        }
        StartMode start = startMode != null ? startMode : defaultStart();
        if (start == StartMode.SUBSCRIPTION && subscriptionId == null) {
            throw new IllegalArgumentException(
                    "Source of table %s: option 'scan.startup.mode' is 'subscription' and 'scan.subscription-id' is missing; expected an id. Name the subscription, or start with full or latest."
                            .formatted(target));
        }
        if (start == StartMode.LATEST && boundedness == Boundedness.BOUNDED) {
            throw new IllegalArgumentException(
                    "Source of table %s: option 'scan.startup.mode' is 'latest' and the read is bounded, so it would yield nothing. Start with full, or read unbounded."
                            .formatted(target));
        }
        if (start == StartMode.TIMESTAMP && startTime == null) {
            throw new IllegalArgumentException(
                    "Source of table %s: option 'scan.startup.mode' is 'timestamp' and 'scan.startup.timestamp' is missing; expected a time. Set it with startAt(...)."
                            .formatted(target));
        }
        check("limit", limit, limit >= 1, "at least 1");
        ReadRange range = new ReadRange(
                start,
                start == StartMode.TIMESTAMP ? nanos(startTime) : 0,
                boundedness,
                endTime == null ? 0 : nanos(endTime));
        TableColumns columns = TableColumns.find(server, target, schema, mergeKeys, mergeBytes);
        if (eventTime != null) {
            columns.checkEventTime(eventTime);
        }
        RowReading reading = columns.reading(changelogMode);
        ReadSpec spec =
                columns.readSpec(reading, rowType, metadata, filter, limit, batchRows, batchBytes, prefetchedBatches);
        EnumeratorOptions options = new EnumeratorOptions(
                target,
                range,
                reading,
                new HistoryRules(onReplace, onHistoryLost),
                new DiscoveryRules(
                        feed, discoveryInterval, failureTolerance, maxPendingSplits, splitBytes, bytesPerSecond),
                new SubscriptionRules(
                        acknowledgement, safetyLag, foreignWatermark, onRedrive, subscriptionAbsence, statusInterval),
                eventTime);
        return new DeltaCatSource(server, subscriptionId, options, spec);
    }

    private StartMode defaultStart() {
        return subscriptionId == null ? StartMode.FULL : StartMode.SUBSCRIPTION;
    }

    private static long nanos(@Nullable Instant time) {
        return time == null
                ? 0
                : Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000_000L), time.getNano());
    }

    private static <T> T required(@Nullable T value, String name) {
        if (value == null) {
            throw new IllegalArgumentException(
                    "Source: '%s' is missing; it has no default. Set it on the builder.".formatted(name));
        }
        return value;
    }

    private static void check(String option, Object value, boolean usable, String expected) {
        if (!usable) {
            throw new IllegalArgumentException(
                    "Source: option '%s' is '%s'; expected %s. Correct the option.".formatted(option, value, expected));
        }
    }
}
