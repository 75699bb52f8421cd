package io.deltacat.server;

import com.fasterxml.jackson.databind.JsonNode;
import io.deltacat.server.ServerClient.Answer;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/**
 * Commits one file after the other until its server is gone: to a table of its own, to shared ones in ordered and in
 * unordered mode, as merges, and in transactions over two tables.
 */
final class CrashWriter implements Runnable {
    private static final String KEYED_SCHEMA =
            "[{\"name\":\"id\",\"type\":\"int64\",\"nullable\":false,\"is_merge_key\":true},{\"name\":\"name\",\"type\":\"string\"}]";

    private final ServerClient client;
    private final int round;
    private final int writer;
    private final CrashLedger ledger;
    private final CountDownLatch writing;

    CrashWriter(ServerClient client, int round, int writer, CrashLedger ledger, CountDownLatch writing) {
        this.client = client;
        this.round = round;
        this.writer = writer;
        this.ledger = ledger;
        this.writing = writing;
    }

    static List<String> tables(int writers) {
        List<String> tables = new ArrayList<>(List.of("shared", "ordered", "left", "right", "keyed"));
        for (int writer = 0; writer < writers; writer++) {
            tables.add("own" + writer);
        }
        return tables;
    }

    static void createTables(ServerClient client, int writers) {
        for (String table : tables(writers)) {
            if (table.equals("keyed")) {
                ServerClient.require(
                        client.post(
                                "/v1/namespaces/default/tables",
                                "{\"table\":\"keyed\",\"schema_def\":" + KEYED_SCHEMA + "}"),
                        201);
            } else {
                client.createTable(table);
            }
        }
    }

    @Override
    public void run() {
        try {
            for (int i = writer; ; i++) {
                String file = "r" + round + "w" + writer + "i" + i;
                switch (i % 6) {
                    case 0 -> write("own" + writer, "append", file);
                    case 1 -> write("shared", "add", file);
                    case 2 -> write("ordered", "append", file);
                    case 3 -> transaction("left", "right", "add", file);
                    case 4 -> write("keyed", "merge", file);
                    default -> transaction("own" + writer, "keyed", "merge", file);
                }
                writing.countDown();
            }
        } catch (UncheckedIOException dead) {
            return; // whether this request was applied is what the test looks at
        } catch (RuntimeException | AssertionError e) {
            ledger.fail(e);
        } finally {
            writing.countDown();
        }
    }

    private void write(String table, String mode, String file) {
        ledger.tries(table + "/" + file);
        JsonNode session =
                ServerClient.require(client.openSession(table, mode), 200).body();
        Answer answer = client.commitSession(session, "op_" + file, ServerClient.entry(session, file, 1));
        if (committedOrLost(answer)) {
            ledger.acknowledge(table + "/" + file);
        }
    }

    /** Appends to or adds to the first table, and writes in the given mode to the second. */
    private void transaction(String first, String second, String mode, String file) {
        Set<String> files = Set.of(first + "/" + file + "a", second + "/" + file + "b");
        ledger.tries(files);
        JsonNode transaction = client.begin();
        client.attach(transaction, 1, first, "add", file + "a", 1);
        client.attach(transaction, 3, second, mode, file + "b", 1);
        if (committedOrLost(client.finish(transaction, "commit", 5))) {
            ledger.acknowledge(files);
        }
    }

    /** Ordered writers of one partition conflict, and one of them loses; that is an answer too. */
    private static boolean committedOrLost(Answer answer) {
        if (answer.status() == 409 && answer.code().equals("concurrent_modification")) {
            return false;
        }
        ServerClient.require(answer, 200);
        return true;
    }
}
