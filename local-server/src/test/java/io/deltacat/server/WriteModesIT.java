package io.deltacat.server;

import static io.deltacat.server.ServerClient.require;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.deltacat.server.ServerClient.Answer;
import io.deltacat.server.store.Digests;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Write modes on tables with merge keys and on partitioned tables. */
class WriteModesIT {
    private static final String KEYED =
            "[{\"name\":\"id\",\"type\":\"int64\",\"nullable\":false,\"is_merge_key\":true},"
                    + "{\"name\":\"region\",\"type\":\"string\"}]";
    private static final String BY_REGION =
            ",\"partition_scheme\":{\"keys\":[{\"key\":[\"region\"],\"transform\":\"identity\"}]}";

    @TempDir
    Path directory;

    private LocalServer server;
    private ServerClient client;

    @BeforeEach
    void start() {
        server = LocalServer.start(
                LocalServerOptions.builder().dataDirectory(directory).build());
        client = new ServerClient(server.uri());
        create("keyed", KEYED, "");
        create("parts", ServerClient.SCHEMA.replace("name\":\"name", "name\":\"region"), BY_REGION);
        create("both", KEYED, BY_REGION);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void mergeAndDeleteGetPositionsAndNameTheKeys() {
        JsonNode merged = client.write("keyed", "merge", "m", 3);
        JsonNode deleted = client.write("keyed", "delete", "d", 1);
        assertThat(locator(merged, 0).get("delta_type").asText()).isEqualTo("upsert");
        assertThat(locator(merged, 0).get("stream_position").asLong()).isEqualTo(1);
        assertThat(locator(deleted, 0).get("delta_type").asText()).isEqualTo("delete");
        assertThat(locator(deleted, 0).get("stream_position").asLong()).isEqualTo(2);
        assertThat(deleted.get("merge_keys").toString()).isEqualTo("[\"id\"]");
        JsonNode plan = client.plan("keyed");
        assertThat(plan.get("requires_mor").asBoolean()).isTrue();
        for (JsonNode task : plan.get("scan_tasks")) {
            assertThat(task.at("/entry_params/equality_field_locators").toString())
                    .isEqualTo("[\"id\"]");
        }
    }

    @Test
    void autoUpsertsIntoATableWithMergeKeys() {
        JsonNode first = client.write("keyed", "auto", "a", 1);
        assertThat(locator(first, 0).get("delta_type").asText()).isEqualTo("upsert");
        JsonNode session = require(
                        client.openSession("made", "create", "\"create_if_missing\":{\"schema_def\":" + KEYED + "}"),
                        200)
                .body();
        assertThat(session.get("merge_keys").toString()).isEqualTo("[\"id\"]");
        JsonNode made = require(client.commitSession(session, "op_made", ServerClient.entry(session, "f", 1)), 200)
                .body();
        assertThat(locator(made, 0).get("delta_type").asText()).isEqualTo("upsert");
    }

    @Test
    void modesThatDoNotFitTheKeysAreRefused() {
        assertThat(client.openSession("keyed", "append").message()).contains("merge keys [id]");
        assertThat(client.openSession("keyed", "add").status()).isEqualTo(400);
        assertThat(client.openSession("parts", "merge").message()).contains("needs a table with merge keys");
        assertThat(client.openSession("parts", "delete").status()).isEqualTo(400);
        assertThat(client.openSession("keyed", "replace_partition").message()).contains("needs a partitioned table");
    }

    @Test
    void aDeleteMayCompareOtherColumnsOfTheTable() {
        JsonNode session = client.openSession("keyed", "delete").body();
        String entry = ServerClient.entry(session, "f", 1);
        Answer unknown = client.commitSession(
                session, "op1", with(entry, "\"entry_params\":{\"equality_field_locators\":[\"nope\"]}"));
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.message()).contains("entries[0].entry_params.equality_field_locators", "'nope'");
        require(
                client.commitSession(
                        session, "op2", with(entry, "\"entry_params\":{\"equality_field_locators\":[\"region\"]}")),
                200);
        assertThat(client.plan("keyed")
                        .at("/scan_tasks/0/entry_params/equality_field_locators")
                        .toString())
                .isEqualTo("[\"region\"]");
    }

    @Test
    void aCommitMakesOneDeltaPerPartition() {
        JsonNode session = client.openSession("parts", "append").body();
        assertThat(session.at("/partition_scheme/keys/0/key/0").asText()).isEqualTo("region");
        String scheme = session.at("/partition_scheme/id").asText();
        JsonNode committed = require(
                        client.commitSession(
                                session,
                                "op1",
                                part(session, "a", "\"eu\""),
                                part(session, "b", "null"),
                                with(part(session, "c", "\"eu\""), "\"partition_scheme_id\":\"" + scheme + "\"")),
                        200)
                .body();
        assertThat(committed.get("deltas_written").asLong()).isEqualTo(2);
        assertThat(committed.get("files_registered").asLong()).isEqualTo(3);
        assertThat(locator(committed, 0).get("partition_values").toString()).isEqualTo("[\"eu\"]");
        assertThat(locator(committed, 1).get("partition_values").toString()).isEqualTo("[null]");
        JsonNode again = write("parts", "append", "op2", "\"eu\"");
        assertThat(locator(again, 0).get("stream_position").asLong()).isEqualTo(2);
        assertThat(locator(again, 0).get("partition_id"))
                .isEqualTo(locator(committed, 0).get("partition_id"));
        JsonNode tasks = client.plan("parts").get("scan_tasks");
        assertThat(tasks).hasSize(3);
        assertThat(tasks.get(0).get("partition_scheme_id").asText()).isEqualTo(scheme);
    }

    @Test
    void valuesThatDoNotFitTheSchemeAreRefusedByName() {
        JsonNode session = client.openSession("parts", "append").body();
        Answer missing = client.commitSession(session, "op1", ServerClient.entry(session, "a", 1));
        assertThat(missing.status()).isEqualTo(400);
        assertThat(missing.details().get("field").asText()).isEqualTo("entries[0].partition_values");
        Answer wrong = client.commitSession(session, "op2", part(session, "b", "5"));
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.message()).contains("entries[0].partition_values[0]", "is 5", "send a string");
        Answer scheme = client.commitSession(
                session, "op3", with(part(session, "c", "\"eu\""), "\"partition_scheme_id\":\"other\""));
        assertThat(scheme.status()).isEqualTo(400);
        assertThat(scheme.message()).contains("partition_scheme_id", "'other'");
        require(client.commitSession(session, "op4", part(session, "d", "\"eu\"")), 200);
    }

    @Test
    void replaceMakesANewStreamAndLeavesTheOldOneToHistory() {
        write("both", "merge", "op1", "\"eu\"");
        JsonNode reader = client.begin();
        String snapshot = "transaction_id=" + reader.get("transaction_id").asText() + "&transaction_version=1";
        JsonNode before = client.plan("both", snapshot);
        String streams = "/v1/namespaces/default/tables/both/versions/1/streams";
        String old = client.get(streams).body().get(0).get("stream_id").asText();
        JsonNode replaced = write("both", "replace", "op2", "\"us\"");
        assertThat(locator(replaced, 0).get("stream_position").asLong()).isEqualTo(1);
        JsonNode now = client.get(streams).body();
        assertThat(now).hasSize(1);
        assertThat(now.get(0).get("previous_stream_id").asText()).isEqualTo(old);
        assertThat(client.plan("both").at("/scan_tasks/0/partition_values").toString())
                .isEqualTo("[\"us\"]");
        assertThat(client.get(streams + "/" + old).at("state").asText()).isEqualTo("deprecated");
        assertThat(client.plan("both", snapshot).get("scan_tasks")).isEqualTo(before.get("scan_tasks"));
    }

    @Test
    void replaceWithoutEntriesEmptiesTheTable() {
        client.write("keyed", "merge", "m", 3);
        JsonNode session = client.openSession("keyed", "replace").body();
        JsonNode committed = require(client.commitSession(session, "op"), 200).body();
        assertThat(committed.get("deltas_written").asLong()).isZero();
        assertThat(committed.get("committed").asBoolean()).isTrue();
        assertThat(client.records("keyed")).isZero();
    }

    @Test
    void replacePartitionReplacesOnlyWhatItNames() {
        write("both", "merge", "op1", "\"eu\"");
        JsonNode us = write("both", "merge", "op2", "\"us\"");
        JsonNode again = write("both", "merge", "op3", "\"us\"");
        assertThat(locator(again, 0).get("stream_position").asLong()).isEqualTo(2);
        JsonNode replaced = write("both", "replace_partition", "op4", "\"us\"");
        assertThat(locator(replaced, 0).get("stream_position").asLong()).isEqualTo(1);
        assertThat(locator(replaced, 0).get("delta_type").asText()).isEqualTo("upsert");
        assertThat(locator(replaced, 0).get("partition_id"))
                .isNotEqualTo(locator(us, 0).get("partition_id"));
        String stream = locator(replaced, 0).get("stream_id").asText();
        String partitions = "/v1/namespaces/default/tables/both/versions/1/streams/" + stream + "/partitions";
        List<String> previous = new ArrayList<>();
        for (JsonNode partition : client.get(partitions).body()) {
            previous.add(partition.path("previous_partition_id").asText());
        }
        assertThat(previous)
                .containsExactlyInAnyOrder(
                        "", locator(us, 0).get("partition_id").asText());
        assertThat(client.get(partitions + "/"
                                + locator(us, 0).get("partition_id").asText())
                        .at("state")
                        .asText())
                .isEqualTo("deprecated");
        assertThat(client.records("both")).isEqualTo(2);
    }

    @Test
    void aTransactionSeesWhatItReplaced() {
        write("both", "merge", "op1", "\"eu\"");
        write("both", "merge", "op2", "\"us\"");
        JsonNode transaction = client.begin();
        String inside = "transaction_id=" + transaction.get("transaction_id").asText() + "&transaction_version=1";
        JsonNode replaced = attach(transaction, 1, "replace_partition", "op3", "\"us\"");
        JsonNode merged =
                attach(transaction, replaced.get("transaction_version").asLong(), "merge", "op4", "\"us\"");
        JsonNode tasks = client.plan("both", inside).get("scan_tasks");
        assertThat(tasks).hasSize(3);
        assertThat(tasks.get(1).get("stream_position").asLong()).isEqualTo(1);
        assertThat(tasks.get(2).get("stream_position").asLong()).isEqualTo(2);
        assertThat(tasks.get(2).get("partition_id")).isEqualTo(tasks.get(1).get("partition_id"));
        assertThat(client.plan("both").get("scan_tasks")).hasSize(2);
        require(
                client.finish(
                        transaction, "commit", merged.get("transaction_version").asLong()),
                200);
        assertThat(client.plan("both").get("scan_tasks")).hasSize(3);
        JsonNode last = client.get(
                        "/v1/write-sessions/" + merged.get("session_id").asText())
                .body();
        assertThat(locator(last, 0).get("partition_id")).isEqualTo(tasks.get(2).get("partition_id"));
        assertThat(locator(last, 0).get("stream_position").asLong()).isEqualTo(2);
    }

    @Test
    void listingsInsideATransactionShowItsStreamsPartitionsAndDeltas() {
        write("both", "merge", "op1", "\"eu\"");
        JsonNode transaction = client.begin();
        JsonNode replaced = attach(transaction, 1, "replace", "op2", "\"us\"");
        JsonNode merged =
                attach(transaction, replaced.get("transaction_version").asLong(), "merge", "op3", "\"us\"");
        long version = merged.get("transaction_version").asLong();
        String inside =
                "?transaction_id=" + transaction.get("transaction_id").asText() + "&transaction_version=" + version;
        String streams = "/v1/namespaces/default/tables/both/versions/1/streams";
        String outer = client.get(streams).body().get(0).get("stream_id").asText();
        JsonNode stream = require(client.get(streams + inside), 200).body().get(0);
        assertThat(stream.get("previous_stream_id").asText()).isEqualTo(outer);
        String partitions = streams + "/" + stream.get("stream_id").asText() + "/partitions";
        JsonNode partition =
                require(client.get(partitions + inside), 200).body().get(0);
        assertThat(partition.get("partition_values").toString()).isEqualTo("[\"us\"]");
        assertThat(partition.get("stream_position").asLong()).isEqualTo(2);
        JsonNode deltas = require(
                        client.get(
                                partitions + "/" + partition.get("partition_id").asText() + "/deltas" + inside
                                        + "&include_manifest=true"),
                        200)
                .body();
        assertThat(deltas.findValuesAsText("stream_position")).containsExactly("1", "2");
        assertThat(deltas.at("/1/manifest/entries/0/url").asText()).endsWith("op3");
        assertThat(client.get(partitions).status()).isEqualTo(404);
        require(client.finish(transaction, "commit", version), 200);
        assertThat(require(client.get(partitions), 200).body().get(0).get("partition_id"))
                .isEqualTo(partition.get("partition_id"));
    }

    @Test
    void replacingWhatAnotherCommitChangedIsAConflict() {
        write("both", "merge", "op1", "\"us\"");
        JsonNode transaction = client.begin();
        JsonNode attached = attach(transaction, 1, "replace_partition", "op2", "\"us\"");
        JsonNode winner = write("both", "merge", "op3", "\"us\"");
        Answer lost = client.finish(
                transaction, "commit", attached.get("transaction_version").asLong());
        assertThat(lost.status()).isEqualTo(409);
        assertThat(lost.code()).isEqualTo("concurrent_modification");
        assertThat(lost.details().get("conflict_class").asText()).isEqualTo("retryable_stale_read");
        assertThat(lost.details().get("blocking_transaction_id")).isEqualTo(winner.get("standalone_transaction_id"));
        JsonNode second = client.begin();
        JsonNode replacing = attach(second, 1, "replace", "op4", "\"us\"");
        write("both", "merge", "op5", "\"eu\"");
        assertThat(client.finish(
                                second,
                                "commit",
                                replacing.get("transaction_version").asLong())
                        .code())
                .isEqualTo("concurrent_modification");
        JsonNode third = client.begin();
        JsonNode merging = attach(third, 1, "merge", "op6", "\"us\"");
        write("both", "replace", "op7", "\"us\"");
        assertThat(client.finish(
                                third,
                                "commit",
                                merging.get("transaction_version").asLong())
                        .code())
                .isEqualTo("concurrent_modification");
    }

    @Test
    void guardsOfAReplacedPartitionAreCompared() {
        JsonNode first = write("both", "merge", "op1", "\"us\"");
        String id = locator(first, 0).get("partition_id").asText();
        String print = locator(first, 0).get("content_fingerprint").asText();
        assertThat(guarded("op2", "\"eu\"", "\"expected_previous_partition_id\":\"" + id + "\"")
                        .code())
                .isEqualTo("concurrent_modification");
        require(guarded("op3", "\"eu\"", "\"expected_missing_partition\":true"), 200);
        Answer there = guarded("op4", "\"eu\"", "\"expected_missing_partition\":true");
        assertThat(there.status()).isEqualTo(409);
        assertThat(there.details().get("conflict_class").asText()).isEqualTo("retryable_stale_read");
        Answer stale = guarded("op5", "\"us\"", snapshot(id, "0".repeat(64), print));
        assertThat(stale.status()).isEqualTo(409);
        assertThat(stale.details().get("partition_id").asText()).isEqualTo(id);
        JsonNode replaced = require(guarded("op6", "\"us\"", snapshot(id, sha256("1:" + print + "\n"), print)), 200)
                .body();
        String next = locator(replaced, 0).get("partition_id").asText();
        assertThat(guarded("op7", "\"us\"", "\"expected_previous_partition_id\":\"" + id + "\"")
                        .status())
                .isEqualTo(409);
        require(guarded("op8", "\"us\"", "\"expected_previous_partition_id\":\"" + next + "\""), 200);
    }

    @Test
    void guardsThatMakeNoSenseAreRefused() {
        assertThat(guarded("op1", "\"us\"", "\"expected_partition_snapshot\":{\"version\":1}")
                        .message())
                .contains("entries[0].expected_partition_snapshot", "partition_id, revision_sha256, version");
        assertThat(guarded(
                                "op2",
                                "\"us\"",
                                "\"expected_missing_partition\":true,\"expected_previous_partition_id\":\"x\"")
                        .message())
                .contains("missing and to have contents");
        assertThat(guarded("op3", "\"us\"", snapshot("p", "x", "0".repeat(64))).message())
                .contains("revision_sha256", "64 hex digits");
        JsonNode session = client.openSession("both", "merge").body();
        Answer other = client.commitSession(
                session, "op4", with(part(session, "op4", "\"us\""), "\"expected_missing_partition\":true"));
        assertThat(other.status()).isEqualTo(400);
        assertThat(other.message()).contains("mode 'merge'");
    }

    @Test
    void idsAsNumbersAndASinglePartitionValueAreTaken() {
        JsonNode session = client.openSession("parts", "append").body();
        String entry = ServerClient.entry(session, "f", 1);
        require(
                client.commitSession(
                        session,
                        "op1",
                        with(entry, "\"partition_values\":\"eu\",\"schema_id\":1,\"sort_scheme_id\":7")),
                200);
        assertThat(client.plan("parts").at("/scan_tasks/0/partition_values").toString())
                .isEqualTo("[\"eu\"]");
    }

    private Answer guarded(String operation, String value, String guard) {
        JsonNode session = client.openSession("both", "replace_partition").body();
        return client.commitSession(session, operation, with(part(session, operation, value), guard));
    }

    private static String snapshot(String partitionId, String revision, String delta) {
        return "\"expected_partition_snapshot\":{\"version\":1,\"partition_id\":\"" + partitionId
                + "\",\"revision_sha256\":\"" + revision
                + "\",\"deltas\":[{\"stream_position\":1,\"revision_sha256\":\""
                + delta + "\",\"embedded\":false}]}";
    }

    private static String sha256(String text) {
        return Digests.sha256Hex(text);
    }

    @Test
    void anOwnAddDoesNotHideWhatSomebodyElseBroughtIntoAReplacedPartition() {
        write("parts", "add", "op1", "\"eu\"");
        JsonNode transaction = client.begin();
        JsonNode added = attach("parts", transaction, 1, "add", "op2", "\"eu\"");
        long version = added.get("transaction_version").asLong();
        JsonNode replaced = attach("parts", transaction, version, "replace_partition", "op3", "\"eu\"");
        JsonNode winner = write("parts", "add", "op4", "\"eu\"");
        Answer lost = client.finish(
                transaction, "commit", replaced.get("transaction_version").asLong());
        assertThat(lost.code()).isEqualTo("concurrent_modification");
        assertThat(lost.details().get("blocking_transaction_id")).isEqualTo(winner.get("standalone_transaction_id"));
        assertThat(client.records("parts")).isEqualTo(2);
    }

    private JsonNode attach(JsonNode transaction, long version, String mode, String operation, String value) {
        return attach("both", transaction, version, mode, operation, value);
    }

    private JsonNode attach(
            String table, JsonNode transaction, long version, String mode, String operation, String value) {
        JsonNode session = require(
                        client.openSession(
                                table,
                                mode,
                                "\"transaction_id\":\""
                                        + transaction.get("transaction_id").asText() + "\"",
                                "\"transaction_version\":" + version),
                        200)
                .body();
        return require(
                        client.commitSession(
                                session,
                                1,
                                operation,
                                ",\"transaction_version\":" + session.get("transaction_version"),
                                part(session, operation, value)),
                        200)
                .body();
    }

    private JsonNode write(String table, String mode, String operation, String value) {
        JsonNode session = require(client.openSession(table, mode), 200).body();
        return require(client.commitSession(session, operation, part(session, operation, value)), 200)
                .body();
    }

    private void create(String table, String schema, String more) {
        require(
                client.post(
                        "/v1/namespaces/default/tables",
                        "{\"table\":\"" + table + "\",\"schema_def\":" + schema + more + "}"),
                201);
    }

    private static JsonNode locator(JsonNode session, int index) {
        return session.get("committed_delta_locators").get(index);
    }

    private static String part(JsonNode session, String file, String value) {
        return with(ServerClient.entry(session, file, 1), "\"partition_values\":[" + value + "]");
    }

    private static String with(String entry, String more) {
        return entry.substring(0, entry.length() - 1) + "," + more + "}";
    }
}
