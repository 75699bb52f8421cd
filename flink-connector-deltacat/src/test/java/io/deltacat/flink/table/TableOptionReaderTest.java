package io.deltacat.flink.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltacat.client.Secret;
import io.deltacat.client.TableRef;
import io.deltacat.flink.sink.Distribution;
import io.deltacat.flink.sink.InvalidRowPolicy;
import io.deltacat.flink.sink.SchemaEvolution;
import io.deltacat.flink.sink.SinkMode;
import io.deltacat.flink.sink.commit.CommitOrigin;
import io.deltacat.flink.source.Acknowledgement;
import io.deltacat.flink.source.ChangelogMode;
import io.deltacat.flink.source.DiscoveryFeed;
import io.deltacat.flink.source.ForeignWatermarkPolicy;
import io.deltacat.flink.source.HistoryPolicy;
import io.deltacat.flink.source.RedrivePolicy;
import io.deltacat.flink.source.StartMode;
import io.deltacat.format.file.Codec;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.table.api.ValidationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TableOptionReaderTest {

    private static final Map<String, String> ALL = Map.ofEntries(
            Map.entry("token", "s3cret"),
            Map.entry("user", "worker-7"),
            Map.entry("catalog", "lake"),
            Map.entry("namespace", "sales"),
            Map.entry("table-version", "2"),
            Map.entry("request-timeout", "5 s"),
            Map.entry("commit-timeout", "70 s"),
            Map.entry("scan.startup.mode", "Timestamp"),
            Map.entry("scan.startup.timestamp", "2026-01-31T08:00:00Z"),
            Map.entry("scan.changelog.mode", "append-only"),
            Map.entry("scan.on-replace", "skip"),
            Map.entry("scan.on-history-lost", "resnapshot"),
            Map.entry("scan.bounded.mode", "unbounded"),
            Map.entry("scan.subscription-id", "sub-1"),
            Map.entry("scan.ack", "none"),
            Map.entry("scan.ack.safety-lag", "2 min"),
            Map.entry("scan.on-redrive", "reread"),
            Map.entry("scan.subscription.create-if-missing", "true"),
            Map.entry("scan.on-foreign-watermark", "adopt"),
            Map.entry("scan.discovery.feed", "plan"),
            Map.entry("scan.subscription.status-interval", "9 s"),
            Map.entry("scan.discovery.interval", "200 ms"),
            Map.entry("scan.discovery.max-pending-splits", "77"),
            Map.entry("scan.failure-tolerance", "0 s"),
            Map.entry("scan.prefetch.batches", "3"),
            Map.entry("scan.merge.memory", "64 mb"),
            Map.entry("scan.rate-limit", "5 mb"),
            Map.entry("scan.split-size", "1 mb"),
            Map.entry("scan.batch.rows", "100"),
            Map.entry("scan.batch.size", "2 mb"),
            Map.entry("scan.parallelism", "3"),
            Map.entry("sink.mode", "add"),
            Map.entry("sink.id", "flights"),
            Map.entry("sink.create-if-missing", "true"),
            Map.entry("sink.target-file-size", "16 mb"),
            Map.entry("sink.max-rows-per-file", "5000"),
            Map.entry("sink.file-roll-interval", "1 min"),
            Map.entry("sink.max-open-files", "9"),
            Map.entry("sink.open-files-memory", "1 mb"),
            Map.entry("sink.upsert.buffer-size", "3 mb"),
            Map.entry("sink.distribution", "partition"),
            Map.entry("sink.compression", "snappy"),
            Map.entry("sink.upload.parallelism", "4"),
            Map.entry("sink.prepare.timeout", "30 s"),
            Map.entry("sink.commit.timeout", "1 min"),
            Map.entry("sink.commit.message", "{tables} at {checkpoint}"),
            Map.entry("sink.schema-evolution", "add-columns"),
            Map.entry("sink.on-invalid-row", "skip"),
            Map.entry("sink.parallelism", "2"));

    private static final String KEYS =
            DeltaCatOptions.all().stream().map(TableOption::key).sorted().collect(Collectors.joining(", "));

    @Test
    void theTwoRequiredOptionsAreEnough() {
        TableSettings settings = read(Map.of());

        assertThat(settings.table()).isEqualTo(TableRef.of("default", "orders"));
        assertThat(settings.connection().uri()).hasToString("http://localhost:8080");
        assertThat(settings.connection().token()).isNull();
        assertThat(settings.scan())
                .isEqualTo(new ScanSettings(
                        new ScanRange(StartMode.FULL, null, BoundedMode.UNBOUNDED, null),
                        new ChangeSettings(ChangelogMode.UPSERT, HistoryPolicy.FAIL, HistoryPolicy.FAIL),
                        false,
                        null,
                        new DiscoverySettings(DiscoveryFeed.AUTO, Duration.ofSeconds(1), 4096, Duration.ofMinutes(15)),
                        new DecodingSettings(128L << 20, 4096, 8L << 20, null, 256L << 20, null),
                        null));
        assertThat(settings.sink())
                .isEqualTo(new SinkSettings(
                        SinkMode.APPEND,
                        null,
                        false,
                        SchemaEvolution.NONE,
                        InvalidRowPolicy.FAIL,
                        new SinkSettings.Exchange(Distribution.AUTO, 64L << 20),
                        new FileSettings(
                                128L << 20, Long.MAX_VALUE, Duration.ofMinutes(30), 1_000, 256L << 20, Codec.ZSTD, 2),
                        CommitOrigin.DEFAULT_MESSAGE,
                        new SinkSettings.CheckpointTimeouts(null, Duration.ofMinutes(5)),
                        null));
    }

    @Test
    void everyOptionIsRead() {
        TableSettings settings = read(ALL);

        assertThat(ALL.keySet())
                .as("a new option needs a line in this test")
                .containsExactlyInAnyOrderElementsOf(DeltaCatOptions.all().stream()
                        .map(TableOption::key)
                        .filter(key ->
                                !key.equals("uri") && !key.equals("table") && !key.equals("scan.bounded.timestamp"))
                        .toList());
        assertThat(settings.table()).isEqualTo(new TableRef("sales", "orders", "2"));
        assertThat(settings.connection().catalogName()).hasValue("lake");
        assertThat(settings.connection().user()).isEqualTo("worker-7");
        assertThat(settings.connection().requestTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.connection().commitTimeout()).isEqualTo(Duration.ofSeconds(70));
        assertThat(settings.connection().token()).isEqualTo(Secret.of("s3cret"));
        assertThat(settings.toString()).doesNotContain("s3cret");
        assertThat(settings.scan())
                .isEqualTo(new ScanSettings(
                        new ScanRange(
                                StartMode.TIMESTAMP,
                                Instant.parse("2026-01-31T08:00:00Z"),
                                BoundedMode.UNBOUNDED,
                                null),
                        new ChangeSettings(ChangelogMode.APPEND_ONLY, HistoryPolicy.SKIP, HistoryPolicy.RESNAPSHOT),
                        false,
                        new SubscriptionSettings(
                                "sub-1",
                                Acknowledgement.NONE,
                                Duration.ofMinutes(2),
                                ForeignWatermarkPolicy.ADOPT,
                                RedrivePolicy.REREAD,
                                true,
                                Duration.ofSeconds(9)),
                        new DiscoverySettings(DiscoveryFeed.PLAN, Duration.ofMillis(200), 77, Duration.ZERO),
                        new DecodingSettings(1 << 20, 100, 2 << 20, 3, 64L << 20, 5L << 20),
                        3));
        assertThat(settings.sink())
                .isEqualTo(new SinkSettings(
                        SinkMode.ADD,
                        "flights",
                        true,
                        SchemaEvolution.ADD_COLUMNS,
                        InvalidRowPolicy.SKIP,
                        new SinkSettings.Exchange(Distribution.PARTITION, 3L << 20),
                        new FileSettings(16L << 20, 5_000, Duration.ofMinutes(1), 9, 1L << 20, Codec.SNAPPY, 4),
                        "{tables} at {checkpoint}",
                        new SinkSettings.CheckpointTimeouts(Duration.ofSeconds(30), Duration.ofMinutes(1)),
                        2));
    }

    @Test
    void aSubscriptionIdAloneStartsFromTheSubscription() {
        assertThat(read(Map.of("scan.subscription-id", "sub-1")).scan().range().startMode())
                .isEqualTo(StartMode.SUBSCRIPTION);
    }

    @Test
    void aSubscriptionMayBeMovedOnByAJobThatStartsElsewhere() {
        ScanSettings scan = read(Map.of("scan.subscription-id", "sub-1", "scan.startup.mode", "full"))
                .scan();

        assertThat(scan.range().startMode()).isEqualTo(StartMode.FULL);
        assertThat(scan.subscription()).isNotNull();
    }

    @Test
    void batchModeReadsTheSnapshot() {
        ScanSettings scan =
                TableOptionReader.read("c.d.t", options(Map.of()), true).scan();

        assertThat(scan.range()).isEqualTo(new ScanRange(StartMode.FULL, null, BoundedMode.LATEST, null));
        assertThat(scan.subscription()).isNull();
    }

    @Test
    void batchModeReadsBetweenTwoTimes() {
        Map<String, String> times = Map.of(
                "scan.startup.mode", "timestamp",
                "scan.startup.timestamp", "1000",
                "scan.bounded.mode", "as-of",
                "scan.bounded.timestamp", "1970-01-01T00:00:02Z");

        assertThat(TableOptionReader.read("c.d.t", options(times), true).scan().range())
                .isEqualTo(new ScanRange(
                        StartMode.TIMESTAMP, Instant.ofEpochSecond(1), BoundedMode.AS_OF, Instant.ofEpochSecond(2)));
    }

    @Test
    void batchModeRefusesStartsThatItCannotFollow() {
        TableOptionReader.checkBatchScan("c.d.t", Map.of("scan.startup.mode", "full", "scan.subscription-id", "s"));
        TableOptionReader.checkBatchScan("c.d.t", Map.of());
        assertThatThrownBy(() -> TableOptionReader.checkBatchScan("c.d.t", Map.of("scan.subscription-id", "s")))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("option 'scan.subscription-id' is 's', which batch mode cannot follow");
        assertThatThrownBy(() -> TableOptionReader.checkBatchScan("c.d.t", Map.of("scan.startup.mode", "latest")))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("option 'scan.startup.mode' is 'latest', which batch mode cannot follow");
    }

    @Test
    void aTimeAndTheModeThatNeedsItGoTogether() {
        assertThatThrownBy(() -> read(Map.of("scan.bounded.mode", "as-of")))
                .hasMessageContaining("Add 'scan.bounded.timestamp'");
        assertThatThrownBy(() -> read(Map.of("scan.startup.timestamp", "1000")))
                .hasMessageContaining("Add 'scan.startup.mode' = 'timestamp' or remove 'scan.startup.timestamp'");
    }

    @ParameterizedTest
    @CsvSource({
        "scan.startup-mode, scan.startup.mode",
        "url, uri",
        "Table, table",
        "sink.create_if_missing, sink.create-if-missing"
    })
    void anUnknownOptionIsRefusedWithTheNearestKnownOne(String typed, String meant) {
        assertThatThrownBy(() -> read(Map.of(typed, "x")))
                .isInstanceOf(ValidationException.class)
                .hasMessage("Table c.d.t: option '" + typed + "' is unknown; expected one of " + KEYS
                        + ". Did you mean '" + meant + "'?");
    }

    @Test
    void anUnknownOptionLikeNoneIsRefusedWithTheListOnly() {
        assertThatThrownBy(() -> read(Map.of("properties.bootstrap.servers", "x")))
                .hasMessage("Table c.d.t: option 'properties.bootstrap.servers' is unknown; expected one of " + KEYS
                        + ". Remove the option.");
    }

    @Test
    void aMissingOptionIsNamedWithWhatItShouldBe() {
        assertThatThrownBy(() -> TableOptionReader.read("c.d.t", Map.of("connector", "deltacat", "table", "t"), false))
                .isInstanceOf(ValidationException.class)
                .hasMessage(
                        "Table c.d.t: option 'uri' is missing; expected http://HOST:PORT or https://HOST[:PORT]. Add "
                                + "it to the WITH clause.");
        assertThatThrownBy(() -> TableOptionReader.read("c.d.t", Map.of("uri", "http://h:1"), false))
                .hasMessage("Table c.d.t: option 'table' is missing; expected a name. Add it to the WITH clause.");
    }

    static Stream<Arguments> unusableValues() {
        return Stream.of(
                Arguments.of("scan.startup.mode", "timestmp", "one of subscription, full, latest, earliest, timestamp"),
                Arguments.of("scan.bounded.mode", "now", "one of unbounded, latest, as-of"),
                Arguments.of("scan.ack", "on-savepoint", "one of on-checkpoint, none"),
                Arguments.of("scan.on-redrive", "again", "one of fail, reread, ignore"),
                Arguments.of("scan.on-foreign-watermark", "ignore", "one of fail, overwrite, adopt"),
                Arguments.of("scan.failure-tolerance", "-1 s", "a duration such as '15 min', 0 for none"),
                Arguments.of("scan.batch.rows", "0", "a whole number from 1 on"),
                Arguments.of("sink.compression", "brotli", "one of uncompressed, snappy, zstd, gzip, lz4"),
                Arguments.of("sink.mode", "upsert", "one of append, add"),
                Arguments.of("request-timeout", "soon", "a positive duration such as '10 s'"),
                Arguments.of("request-timeout", "0 s", "a positive duration such as '10 s'"),
                Arguments.of("scan.discovery.interval", "-1 s", "a positive duration such as '10 s'"),
                Arguments.of("sink.target-file-size", "-1", "a positive size such as '128 mb'"),
                Arguments.of("sink.target-file-size", "0", "a positive size such as '128 mb'"),
                Arguments.of("sink.target-file-size", "12 bananas", "a positive size such as '128 mb'"),
                Arguments.of("sink.parallelism", "0", "a whole number from 1 on"),
                Arguments.of("scan.parallelism", "-3", "a whole number from 1 on"),
                Arguments.of("scan.parallelism", "two", "a whole number from 1 on"),
                Arguments.of("sink.create-if-missing", "maybe", "one of true, false"),
                Arguments.of("namespace", " ", "a name"),
                Arguments.of("scan.subscription-id", "", "the id of a subscription"));
    }

    @ParameterizedTest
    @MethodSource("unusableValues")
    void anUnusableValueIsRefusedWithKeyValueExpectationAndCure(String key, String value, String expected) {
        assertThatThrownBy(() -> read(Map.of(key, value)))
                .isInstanceOf(ValidationException.class)
                .hasMessage("Table c.d.t: option '" + key + "' is '" + value + "'; expected " + expected
                        + ". Fix the option in the WITH clause.");
    }

    @Test
    void anAddressThatIsNoneIsRefused() {
        Map<String, String> options = Map.of("uri", "localhost:8080", "table", "t");

        assertThatThrownBy(() -> TableOptionReader.read("c.d.t", options, false))
                .isInstanceOf(ValidationException.class)
                .hasMessageStartingWith("Table c.d.t: ")
                .hasMessageContaining("option 'uri' is 'localhost:8080'; expected http://HOST:PORT");
    }

    @Test
    void anUnusableTokenIsRefusedWithoutBeingShown() {
        assertThatThrownBy(() -> read(Map.of("token", " ")))
                .hasMessage("Table c.d.t: option 'token' is '***'; expected a bearer token of printable ASCII "
                        + "characters. Fix the option in the WITH clause.");
        assertThatThrownBy(() -> read(Map.of("token", "s3cret\n")))
                .isInstanceOf(ValidationException.class)
                .hasMessageStartingWith("Table c.d.t: ")
                .satisfies(error -> assertThat(error.toString()).doesNotContain("s3cret"));
    }

    static Stream<Arguments> contradictions() {
        return Stream.of(
                Arguments.of(
                        Map.of("scan.startup.mode", "subscription"),
                        "option 'scan.startup.mode' is 'subscription' but 'scan.subscription-id' is missing; expected the "
                                + "id of a subscription that follows the table. Add 'scan.subscription-id', or start "
                                + "with 'full' or 'latest'."),
                Arguments.of(
                        Map.of("scan.subscription-id", "s", "scan.bounded.mode", "latest"),
                        "option 'scan.subscription-id' is 's' but 'scan.bounded.mode' is 'latest'; expected a "
                                + "subscription with unbounded reading only, since a bounded read moves no watermark. "
                                + "Remove one of the two options."),
                Arguments.of(
                        Map.of("scan.startup.mode", "latest", "scan.bounded.mode", "latest"),
                        "option 'scan.startup.mode' is 'latest' and 'scan.bounded.mode' is 'latest'; expected a start "
                                + "before the end, since nothing lies between. Use 'scan.startup.mode' = 'full'."),
                Arguments.of(
                        Map.of("scan.ack", "none"),
                        "option 'scan.ack' is 'none' but there is no 'scan.subscription-id'; expected both or none. Add "
                                + "'scan.subscription-id' or remove 'scan.ack'."));
    }

    @ParameterizedTest
    @MethodSource("contradictions")
    void optionsThatContradictEachOtherAreRefusedTogether(Map<String, String> options, String message) {
        assertThatThrownBy(() -> read(options))
                .isInstanceOf(ValidationException.class)
                .hasMessage("Table c.d.t: " + message);
    }

    private static TableSettings read(Map<String, String> more) {
        return TableOptionReader.read("c.d.t", options(more), false);
    }

    private static Map<String, String> options(Map<String, String> more) {
        Map<String, String> options = new HashMap<>();
        options.put("connector", "deltacat");
        options.put("uri", "http://localhost:8080");
        options.put("table", "orders");
        options.putAll(more);
        return options;
    }
}
