package io.deltacat.flink.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltacat.client.TableRef;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.table.api.ValidationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TableOptionReaderTest {

    private static final String KEYS = "catalog, namespace, request-timeout, scan.ack, scan.bounded.mode, "
            + "scan.discovery.interval, scan.parallelism, scan.startup.mode, scan.subscription-id, "
            + "sink.commit.timeout, sink.create-if-missing, sink.id, sink.mode, sink.parallelism, "
            + "sink.target-file-size, table, table-version, token, uri, user";

    @Test
    void theTwoRequiredOptionsAreEnough() {
        TableSettings settings = read(Map.of());

        assertThat(settings.table()).isEqualTo(TableRef.of("default", "orders"));
        assertThat(settings.connection().uri()).hasToString("http://localhost:8080");
        assertThat(settings.connection().token()).isNull();
        assertThat(settings.scan())
                .isEqualTo(new ScanSettings(
                        StartupMode.FULL,
                        BoundedMode.UNBOUNDED,
                        null,
                        Duration.ofSeconds(1),
                        AcknowledgePolicy.ON_CHECKPOINT,
                        null));
        assertThat(settings.sink())
                .isEqualTo(new SinkSettings(
                        AppendMode.APPEND, null, Duration.ofMinutes(5), MemorySize.ofMebiBytes(128), false, null));
    }

    @Test
    void everyOptionIsRead() {
        TableSettings settings = read(Map.ofEntries(
                Map.entry("token", "s3cret"),
                Map.entry("user", "worker-7"),
                Map.entry("catalog", "lake"),
                Map.entry("namespace", "sales"),
                Map.entry("table-version", "2"),
                Map.entry("request-timeout", "5 s"),
                Map.entry("scan.startup.mode", "Subscription"),
                Map.entry("scan.subscription-id", "sub-1"),
                Map.entry("scan.discovery.interval", "200 ms"),
                Map.entry("scan.ack", "none"),
                Map.entry("scan.parallelism", "3"),
                Map.entry("sink.mode", "add"),
                Map.entry("sink.id", "flights"),
                Map.entry("sink.commit.timeout", "1 min"),
                Map.entry("sink.target-file-size", "16 mb"),
                Map.entry("sink.create-if-missing", "true"),
                Map.entry("sink.parallelism", "2")));

        assertThat(settings.table()).isEqualTo(new TableRef("sales", "orders", "2"));
        assertThat(settings.connection().catalogName()).hasValue("lake");
        assertThat(settings.connection().requestTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.connection().token()).hasToString("***");
        assertThat(settings.toString()).doesNotContain("s3cret");
        assertThat(settings.scan())
                .isEqualTo(new ScanSettings(
                        StartupMode.SUBSCRIPTION,
                        BoundedMode.UNBOUNDED,
                        "sub-1",
                        Duration.ofMillis(200),
                        AcknowledgePolicy.NONE,
                        3));
        assertThat(settings.sink())
                .isEqualTo(new SinkSettings(
                        AppendMode.ADD, "flights", Duration.ofMinutes(1), MemorySize.ofMebiBytes(16), true, 2));
    }

    @Test
    void aSubscriptionIdAloneStartsFromTheSubscription() {
        assertThat(read(Map.of("scan.subscription-id", "sub-1")).scan().startupMode())
                .isEqualTo(StartupMode.SUBSCRIPTION);
    }

    @Test
    void batchModeReadsTheSnapshotWhateverTheStartOptionsSay() {
        Map<String, String> options = options(Map.of("scan.subscription-id", "sub-1"));

        ScanSettings scan = TableOptionReader.read("c.d.t", options, true).scan();

        assertThat(scan.bounded()).isTrue();
        assertThat(scan.startupMode()).isEqualTo(StartupMode.FULL);
        assertThat(scan.subscriptionId()).isNull();
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
                Arguments.of("scan.startup.mode", "timestmp", "one of subscription, full, latest"),
                Arguments.of("scan.bounded.mode", "now", "one of unbounded, latest"),
                Arguments.of("scan.ack", "always", "one of on-checkpoint, none"),
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
                        "option 'scan.ack' is 'none' but there is no 'scan.subscription-id' to acknowledge to; expected "
                                + "both or none. Add 'scan.subscription-id' or remove 'scan.ack'."));
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
