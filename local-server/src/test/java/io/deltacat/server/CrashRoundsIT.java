package io.deltacat.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the server's process at random moments under eight writers and looks at what is left: every acknowledged commit,
 * no half transaction, a sound database. Rounds and seed: {@code -Dcrash.rounds=500 -Dcrash.seed=7}.
 */
class CrashRoundsIT {
    private static final int WRITERS = 8;
    private static final int LONGEST_ROUND_MILLIS = 250;
    private static final String DATABASE = "catalog.db";

    /** Servers at once, each with its own tables and its share of the rounds: starting takes most of the time. */
    private static final int LANES = 2;

    @TempDir
    Path directory;

    @Test
    void aKillAtARandomMomentLosesNoAcknowledgedCommitAndTearsNoTransaction() throws Exception {
        int rounds = Integer.getInteger("crash.rounds", 50);
        long seed = Long.getLong("crash.seed", 1);
        ExecutorService lanes = Executors.newFixedThreadPool(LANES);
        try {
            List<Callable<Void>> work = new ArrayList<>();
            for (int lane = 0; lane < LANES; lane++) {
                Path directoryOfLane = directory.resolve("lane-" + lane);
                long seedOfLane = seed + lane;
                work.add(() -> {
                    run(directoryOfLane, (rounds + LANES - 1) / LANES, seedOfLane);
                    return null;
                });
            }
            for (Future<Void> lane : lanes.invokeAll(work)) {
                lane.get();
            }
        } finally {
            lanes.shutdownNow();
        }
    }

    private static void run(Path directory, int rounds, long seed) throws Exception {
        Random random = new Random(seed);
        CrashLedger ledger = new CrashLedger();
        Path tables = directory.resolve("tables");
        for (int round = 0; round < rounds; round++) {
            String when = "seed " + seed + " round " + round;
            try (ServerProcess process = ServerProcess.start(tables, "--no-compaction")) {
                ServerClient client = new ServerClient(process.uri());
                if (round == 0) {
                    CrashWriter.createTables(client, WRITERS);
                }
                verify(client, ledger, when);
                killWhileWriting(process, round, random.nextInt(LONGEST_ROUND_MILLIS), ledger);
            }
            assertThat(integrityOf(tables, directory))
                    .as("integrity_check, %s", when)
                    .isEqualTo("ok");
        }
        try (ServerProcess process = ServerProcess.start(tables, "--no-compaction")) {
            verify(new ServerClient(process.uri()), ledger, "seed " + seed + " at the end");
        }
        assertThat(ledger.acknowledged()).as("commits").hasSizeGreaterThan(rounds);
        assertThat(ledger.acknowledgedTransactions()).as("transactions").isNotEmpty();
    }

    private static void killWhileWriting(ServerProcess process, int round, int delayMillis, CrashLedger ledger)
            throws InterruptedException {
        List<Thread> writers = new ArrayList<>();
        CountDownLatch writing = new CountDownLatch(WRITERS);
        for (int writer = 0; writer < WRITERS; writer++) {
            CrashWriter work = new CrashWriter(new ServerClient(process.uri()), round, writer, ledger, writing);
            Thread thread = new Thread(work, "writer-" + writer);
            thread.start();
            writers.add(thread);
        }
        // Every writer has an answer, and then a random moment.
        assertThat(writing.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(new CountDownLatch(1).await(delayMillis, TimeUnit.MILLISECONDS))
                .isFalse();
        process.kill();
        for (Thread thread : writers) {
            thread.join(60_000);
            assertThat(thread.isAlive())
                    .as("%s still writes to a dead server", thread)
                    .isFalse();
        }
        ledger.rethrow();
    }

    private static void verify(ServerClient client, CrashLedger ledger, String when) {
        Set<String> present = new HashSet<>();
        List<String> found = new ArrayList<>();
        for (String table : CrashWriter.tables(WRITERS)) {
            client.plan(table)
                    .get("scan_tasks")
                    .forEach(task -> task.get("files")
                            .forEach(file -> found.add(table + "/"
                                    + Path.of(file.get("path").asText()).getFileName())));
        }
        present.addAll(found);
        assertThat(present).as("doubled, %s", when).hasSameSizeAs(found);
        assertThat(missing(ledger.acknowledged(), present)).as("lost, %s", when).isEmpty();
        assertThat(missing(present, ledger.tried())).as("invented, %s", when).isEmpty();
        for (Set<String> transaction : ledger.transactions()) {
            List<String> absent = missing(transaction, present);
            assertThat(absent.isEmpty() || absent.size() == transaction.size())
                    .as("half of the transaction %s, without %s, %s", transaction, absent, when)
                    .isTrue();
        }
    }

    private static List<String> missing(Set<String> wanted, Set<String> there) {
        return wanted.stream().filter(file -> !there.contains(file)).toList();
    }

    /** Looks at a copy, so that the next server has to recover by itself. */
    private static String integrityOf(Path tables, Path directory) throws IOException, SQLException {
        for (String suffix : List.of("", "-wal")) {
            Path copy = directory.resolve(DATABASE + suffix);
            Files.deleteIfExists(directory.resolve(DATABASE + "-shm"));
            Files.deleteIfExists(copy);
            Path original = tables.resolve(DATABASE + suffix);
            if (Files.exists(original)) {
                Files.copy(original, copy, StandardCopyOption.REPLACE_EXISTING);
            }
        }
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve(DATABASE));
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("PRAGMA integrity_check")) {
            return result.next() ? result.getString(1) : "no answer";
        }
    }
}
