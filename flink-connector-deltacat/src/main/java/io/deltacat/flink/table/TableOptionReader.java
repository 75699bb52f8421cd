package io.deltacat.flink.table;

import io.deltacat.client.Secret;
import io.deltacat.client.TableRef;
import io.deltacat.flink.DeltaCatConnection;
import io.deltacat.flink.source.StartMode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.factories.FactoryUtil;
import org.jspecify.annotations.Nullable;

/**
 * Reads the {@code WITH} clause of a table into {@link TableSettings} and refuses what is unknown, unreadable, out of range
 * or contradictory, with one message that names table, key, value, what was expected and the cure. Pure: the server is
 * not asked.
 */
final class TableOptionReader {

    private final String name;
    private final Configuration options;
    private final boolean batch;

    private TableOptionReader(String name, Map<String, String> options, boolean batch) {
        this.name = name;
        this.options = Configuration.fromMap(options);
        this.batch = batch;
    }

    /**
     * Reads all options.
     *
     * @param name how the table is called in Flink
     * @param options the {@code WITH} clause
     * @param batch whether the job runs in batch mode
     * @throws ValidationException if an option cannot be used
     */
    static TableSettings read(String name, Map<String, String> options, boolean batch) {
        TableOptionReader reader = new TableOptionReader(name, options, batch);
        reader.checkKeys();
        DeltaCatOptions.all().forEach(reader::checkValue);
        reader.checkContradictions();
        return reader.settings();
    }

    private void checkKeys() {
        List<String> known =
                DeltaCatOptions.all().stream().map(TableOption::key).sorted().toList();
        for (String key : new TreeSet<>(options.keySet())) {
            boolean flinks = key.equals(FactoryUtil.CONNECTOR.key()) || key.equals(FactoryUtil.PROPERTY_VERSION.key());
            if (!flinks && !known.contains(key)) {
                String cure = ClosestName.among(known, key)
                        .map(close -> "Did you mean '" + close + "'?")
                        .orElse("Remove the option.");
                throw refusal(
                        "option '" + key + "' is unknown; expected one of " + String.join(", ", known) + ". " + cure);
            }
        }
        for (ConfigOption<?> required : List.of(DeltaCatOptions.URI, DeltaCatOptions.TABLE)) {
            if (!options.contains(required)) {
                throw refusal("option '" + required.key() + "' is missing; expected " + expected(required)
                        + ". Add it to the WITH clause.");
            }
        }
    }

    private static String expected(ConfigOption<?> option) {
        return DeltaCatOptions.all().stream()
                .filter(known -> known.option().equals(option))
                .map(TableOption::expected)
                .collect(Collectors.joining());
    }

    private <T> void checkValue(TableOption<T> known) {
        Optional<T> value;
        try {
            value = options.getOptional(known.option());
        } catch (IllegalArgumentException e) {
            throw unusable(known, e);
        }
        if (value.isPresent() && !known.accepts().test(value.get())) {
            throw unusable(known, null);
        }
    }

    private ValidationException unusable(TableOption<?> known, @Nullable IllegalArgumentException cause) {
        boolean secret = known.option().equals(DeltaCatOptions.TOKEN);
        String value = secret ? "***" : options.toMap().get(known.key());
        String message = message("option '" + known.key() + "' is '" + value + "'; expected " + known.expected()
                + ". Fix the option in the WITH clause.");
        return cause == null || secret ? new ValidationException(message) : new ValidationException(message, cause);
    }

    /**
     * Checks that a table can be read in batch mode as its options say.
     *
     * @param name how the table is called in Flink
     * @param options the {@code WITH} clause
     * @throws ValidationException if an option asks for what only streaming can do
     */
    static void checkBatchScan(String name, Map<String, String> options) {
        TableOptionReader reader = new TableOptionReader(name, options, true);
        Optional<StartMode> start = reader.options.getOptional(DeltaCatOptions.SCAN_STARTUP_MODE);
        boolean subscribed = reader.options.contains(DeltaCatOptions.SCAN_SUBSCRIPTION_ID);
        if (start.isPresent() ? reader.batchStart().isEmpty() : subscribed) {
            throw reader.refusal((start.isPresent()
                            ? "option 'scan.startup.mode' is '" + DeltaCatOptions.shown(start.get()) + "'"
                            : "option 'scan.subscription-id' is '"
                                    + reader.options.get(DeltaCatOptions.SCAN_SUBSCRIPTION_ID) + "'")
                    + ", which batch mode cannot follow; expected a read of the table. Add the hint "
                    + "/*+ OPTIONS('scan.startup.mode' = 'full') */ to the query, or use streaming mode.");
        }
    }

    private void checkTimes() {
        checkTime(
                options.get(DeltaCatOptions.SCAN_BOUNDED_MODE) == BoundedMode.AS_OF,
                "'scan.bounded.mode' = 'as-of'",
                DeltaCatOptions.SCAN_BOUNDED_TIMESTAMP);
        checkTime(
                options.getOptional(DeltaCatOptions.SCAN_STARTUP_MODE)
                        .filter(mode -> mode == StartMode.TIMESTAMP)
                        .isPresent(),
                "'scan.startup.mode' = 'timestamp'",
                DeltaCatOptions.SCAN_STARTUP_TIMESTAMP);
    }

    private void checkTime(boolean wanted, String mode, ConfigOption<String> option) {
        if (wanted != options.contains(option)) {
            throw refusal("option " + mode + " and option '" + option.key() + "' go together; expected both or none. "
                    + (wanted ? "Add '" + option.key() + "'." : "Add " + mode + " or remove '" + option.key() + "'."));
        }
    }

    private void checkContradictions() {
        checkTimes();
        if (batch) {
            return;
        }
        boolean bounded = options.get(DeltaCatOptions.SCAN_BOUNDED_MODE) != BoundedMode.UNBOUNDED;
        boolean subscribed = options.contains(DeltaCatOptions.SCAN_SUBSCRIPTION_ID);
        StartMode start = startMode();
        if (start == StartMode.SUBSCRIPTION && !subscribed) {
            throw refusal(
                    "option 'scan.startup.mode' is 'subscription' but 'scan.subscription-id' is missing; expected "
                            + "the id of a subscription that follows the table. Add 'scan.subscription-id', or start with "
                            + "'full' or 'latest'.");
        }
        if (bounded && subscribed) {
            throw refusal("option 'scan.subscription-id' is '" + options.get(DeltaCatOptions.SCAN_SUBSCRIPTION_ID)
                    + "' but 'scan.bounded.mode' is '" + options.get(DeltaCatOptions.SCAN_BOUNDED_MODE)
                    + "'; expected a subscription with unbounded reading only, since "
                    + "a bounded read moves no watermark. Remove one of the two options.");
        }
        if (bounded && start == StartMode.LATEST) {
            throw refusal("option 'scan.startup.mode' is 'latest' and 'scan.bounded.mode' is '"
                    + options.get(DeltaCatOptions.SCAN_BOUNDED_MODE) + "'; expected a start "
                    + "before the end, since nothing lies between. Use 'scan.startup.mode' = 'full'.");
        }
        if (!subscribed) {
            checkNoSubscriptionOptions();
        }
    }

    private void checkNoSubscriptionOptions() {
        List<ConfigOption<?>> needSubscription = List.of(
                DeltaCatOptions.SCAN_ACK,
                DeltaCatOptions.SCAN_ACK_SAFETY_LAG,
                DeltaCatOptions.SCAN_ON_FOREIGN_WATERMARK,
                DeltaCatOptions.SCAN_ON_REDRIVE,
                DeltaCatOptions.SCAN_SUBSCRIPTION_CREATE,
                DeltaCatOptions.SCAN_SUBSCRIPTION_STATUS_INTERVAL);
        for (ConfigOption<?> option : needSubscription) {
            if (options.contains(option)) {
                throw refusal("option '" + option.key() + "' is '"
                        + options.toMap().get(option.key())
                        + "' but there is no 'scan.subscription-id'; expected both or "
                        + "none. Add 'scan.subscription-id' or remove '" + option.key() + "'.");
            }
        }
    }

    private StartMode startMode() {
        boolean subscribed = options.contains(DeltaCatOptions.SCAN_SUBSCRIPTION_ID);
        return options.getOptional(DeltaCatOptions.SCAN_STARTUP_MODE)
                .orElse(subscribed ? StartMode.SUBSCRIPTION : StartMode.FULL);
    }

    private TableSettings settings() {
        try {
            TableRef table = new TableRef(
                    options.get(DeltaCatOptions.NAMESPACE),
                    options.get(DeltaCatOptions.TABLE),
                    options.getOptional(DeltaCatOptions.TABLE_VERSION).orElse(null));
            return new TableSettings(name, connection(), table, scan(), sink());
        } catch (IllegalArgumentException e) {
            // The messages of these builders name option, value and cure, and hold no secret.
            throw new ValidationException(message(String.valueOf(e.getMessage())), e);
        }
    }

    private DeltaCatConnection connection() {
        DeltaCatConnection.Builder builder = DeltaCatConnection.builder(options.get(DeltaCatOptions.URI))
                .requestTimeout(options.get(DeltaCatOptions.REQUEST_TIMEOUT))
                .commitTimeout(options.get(DeltaCatOptions.COMMIT_TIMEOUT));
        options.getOptional(DeltaCatOptions.TOKEN).map(Secret::of).ifPresent(builder::token);
        options.getOptional(DeltaCatOptions.USER).ifPresent(builder::user);
        options.getOptional(DeltaCatOptions.CATALOG).ifPresent(builder::catalog);
        return builder.build();
    }

    private ScanRange range() {
        BoundedMode end = boundedMode();
        return new ScanRange(
                batch ? batchStart().orElse(StartMode.FULL) : startMode(),
                time(DeltaCatOptions.SCAN_STARTUP_TIMESTAMP).orElse(null),
                end,
                time(DeltaCatOptions.SCAN_BOUNDED_TIMESTAMP).orElse(null));
    }

    private BoundedMode boundedMode() {
        BoundedMode mode = options.get(DeltaCatOptions.SCAN_BOUNDED_MODE);
        return batch && mode == BoundedMode.UNBOUNDED ? BoundedMode.LATEST : mode;
    }

    /** Where a batch job begins; empty when the options do not say, or say what only streaming can do. */
    private Optional<StartMode> batchStart() {
        return options.getOptional(DeltaCatOptions.SCAN_STARTUP_MODE)
                .filter(mode -> mode != StartMode.SUBSCRIPTION && mode != StartMode.LATEST);
    }

    private Optional<Instant> time(ConfigOption<String> option) {
        return options.getOptional(option).flatMap(Timestamps::parse);
    }

    private ScanSettings scan() {
        return new ScanSettings(
                range(),
                new ChangeSettings(
                        options.get(DeltaCatOptions.SCAN_CHANGELOG_MODE),
                        options.get(DeltaCatOptions.SCAN_ON_REPLACE),
                        options.get(DeltaCatOptions.SCAN_ON_HISTORY_LOST)),
                batch,
                batch ? null : subscription().orElse(null),
                new DiscoverySettings(
                        options.get(DeltaCatOptions.SCAN_DISCOVERY_FEED),
                        options.get(DeltaCatOptions.SCAN_DISCOVERY_INTERVAL),
                        options.get(DeltaCatOptions.SCAN_MAX_PENDING_SPLITS),
                        options.get(DeltaCatOptions.SCAN_FAILURE_TOLERANCE)),
                new DecodingSettings(
                        options.get(DeltaCatOptions.SCAN_SPLIT_SIZE).getBytes(),
                        options.get(DeltaCatOptions.SCAN_BATCH_ROWS),
                        options.get(DeltaCatOptions.SCAN_BATCH_SIZE).getBytes(),
                        options.getOptional(DeltaCatOptions.SCAN_PREFETCH_BATCHES)
                                .orElse(null),
                        options.get(DeltaCatOptions.SCAN_MERGE_MEMORY).getBytes(),
                        options.getOptional(DeltaCatOptions.SCAN_RATE_LIMIT)
                                .map(MemorySize::getBytes)
                                .orElse(null)),
                options.getOptional(DeltaCatOptions.SCAN_PARALLELISM).orElse(null));
    }

    private Optional<SubscriptionSettings> subscription() {
        return options.getOptional(DeltaCatOptions.SCAN_SUBSCRIPTION_ID)
                .map(id -> new SubscriptionSettings(
                        id,
                        options.get(DeltaCatOptions.SCAN_ACK),
                        options.get(DeltaCatOptions.SCAN_ACK_SAFETY_LAG),
                        options.get(DeltaCatOptions.SCAN_ON_FOREIGN_WATERMARK),
                        options.get(DeltaCatOptions.SCAN_ON_REDRIVE),
                        options.get(DeltaCatOptions.SCAN_SUBSCRIPTION_CREATE),
                        options.get(DeltaCatOptions.SCAN_SUBSCRIPTION_STATUS_INTERVAL)));
    }

    private SinkSettings sink() {
        return new SinkSettings(
                options.get(DeltaCatOptions.SINK_MODE),
                options.getOptional(DeltaCatOptions.SINK_ID).orElse(null),
                options.get(DeltaCatOptions.SINK_CREATE_IF_MISSING),
                options.get(DeltaCatOptions.SINK_SCHEMA_EVOLUTION),
                options.get(DeltaCatOptions.SINK_ON_INVALID_ROW),
                new SinkSettings.Exchange(
                        options.get(DeltaCatOptions.SINK_DISTRIBUTION),
                        options.get(DeltaCatOptions.SINK_UPSERT_BUFFER_SIZE).getBytes()),
                new FileSettings(
                        options.get(DeltaCatOptions.SINK_TARGET_FILE_SIZE).getBytes(),
                        options.getOptional(DeltaCatOptions.SINK_MAX_ROWS_PER_FILE)
                                .orElse(Long.MAX_VALUE),
                        options.get(DeltaCatOptions.SINK_FILE_ROLL_INTERVAL),
                        options.get(DeltaCatOptions.SINK_MAX_OPEN_FILES),
                        options.get(DeltaCatOptions.SINK_OPEN_FILES_MEMORY).getBytes(),
                        options.get(DeltaCatOptions.SINK_COMPRESSION),
                        options.get(DeltaCatOptions.SINK_UPLOAD_PARALLELISM)),
                options.get(DeltaCatOptions.SINK_COMMIT_MESSAGE),
                new SinkSettings.CheckpointTimeouts(
                        options.getOptional(DeltaCatOptions.SINK_PREPARE_TIMEOUT)
                                .orElse(null),
                        options.get(DeltaCatOptions.SINK_COMMIT_TIMEOUT)),
                options.getOptional(DeltaCatOptions.SINK_PARALLELISM).orElse(null));
    }

    private ValidationException refusal(String problem) {
        return new ValidationException(message(problem));
    }

    private String message(String problem) {
        return "Table " + name + ": " + problem;
    }
}
