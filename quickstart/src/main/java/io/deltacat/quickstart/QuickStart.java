package io.deltacat.quickstart;

import io.deltacat.quickstart.report.Report;
import io.deltacat.quickstart.sql.SqlPrompt;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line of the quick start: runs it, prints its report, and says by the exit status whether all checks held. */
@Command(
        name = "quickstart.sh",
        mixinStandardHelpOptions = true,
        version = "DeltaCAT quick start 0.1.0",
        sortOptions = false,
        description = {
            "Starts a local DeltaCAT server and a Flink cluster, streams real flights into a DeltaCAT table, follows that "
                    + "table through a subscription into a second one, and checks that both hold every row exactly once.",
            ""
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:every check held", "1:a check failed, or something did not work", "2:wrong arguments"})
@SuppressWarnings("NullAway.Init") // picocli fills the fields before call()
public final class QuickStart implements Callable<Integer> {
    private static final long ALL_ROWS = 27_004;

    @Option(
            names = "--rows",
            paramLabel = "N",
            defaultValue = "" + ALL_ROWS,
            description = "Replay only the first N flights, 1 to " + ALL_ROWS + ". Default: all.")
    private long rows;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "1800",
            description = "Flights per second. Default: ${DEFAULT-VALUE}.")
    private double rate;

    @Option(
            names = "--keep",
            description = "Leave server, Flink and the following job up afterwards, and read SQL from the input. "
                    + "Ctrl-C ends everything.")
    private boolean keep;

    private final PrintStream out;
    private final PrintStream errors;

    QuickStart(PrintStream out, PrintStream errors) {
        this.out = out;
        this.errors = errors;
    }

    /**
     * Runs the quick start and ends the JVM with its exit status.
     *
     * @param arguments see {@code --help}
     */
    public static void main(String[] arguments) {
        CommandLine command = new CommandLine(new QuickStart(System.out, System.err));
        command.setExecutionExceptionHandler((failure, line, parsed) -> {
            if (!(failure instanceof QuickStartException)) {
                throw failure;
            }
            line.getErr().println("\nThe quick start failed: " + failure.getMessage());
            return 1;
        });
        System.exit(command.execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (rows < 1 || rows > ALL_ROWS) {
            errors.println("--rows is " + rows + "; expected 1 to " + ALL_ROWS + ". Correct the argument.");
            return 2;
        }
        if (!(rate > 0)) {
            errors.println("--rate is " + rate + "; expected a number above 0. Correct the argument.");
            return 2;
        }
        Path base = Files.createDirectories(Path.of("target", "quickstart").toAbsolutePath());
        Path directory = Files.createTempDirectory(base, "run-");
        System.setProperty("quickstart.log", directory.resolve("quickstart.log").toString());
        boolean terminal = System.console() != null && System.getenv("CI") == null;
        QuickStartOptions options =
                new QuickStartOptions(Path.of("").toAbsolutePath(), directory, rows, rate, terminal);
        boolean passed = false;
        try (QuickStartRun run = QuickStartRun.start(options, out)) {
            Report report = run.flightsThroughDeltaCat();
            out.println();
            report.lines().forEach(out::println);
            passed = report.passed();
            if (keep) {
                keep(run);
            } else {
                run.stopJobs();
            }
        } finally {
            if (passed) {
                delete(directory);
            } else {
                errors.println("Tables, checkpoints and logs of this run are in " + directory);
            }
        }
        return passed ? 0 : 1;
    }

    private void keep(QuickStartRun run) throws IOException, InterruptedException {
        run.invitation().forEach(out::println);
        SqlPrompt prompt = new SqlPrompt(run.promptEnvironment(), out);
        boolean told = prompt.run(new InputStreamReader(System.in, Charset.defaultCharset()));
        if (!told) {
            // The input ended without 'exit': nobody can type, so stay up until the process is told to end.
            new CountDownLatch(1).await();
        }
    }

    private static void delete(Path directory) throws IOException {
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(directory)) {
            paths = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : paths) {
            Files.deleteIfExists(path);
        }
    }
}
