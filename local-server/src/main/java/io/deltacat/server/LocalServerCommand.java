package io.deltacat.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The command line of the local server: starts it, prints where it listens, and runs until the process is told to end. */
@Command(
        name = "deltacat-local-server",
        mixinStandardHelpOptions = true,
        version = "deltacat-local-server 0.1.0",
        description = "Serves the DeltaCAT protocol from a local directory.")
@SuppressWarnings("NullAway.Init") // picocli fills the fields before call()
public final class LocalServerCommand implements Callable<Integer> {
    private static final String LOG_CONFIGURATION = "log4j2.configurationFile";

    @Option(
            names = "--port",
            defaultValue = "8080",
            description = "Port to bind; 0 picks a free one. Default: ${DEFAULT-VALUE}.")
    private int port;

    @Option(names = "--host", defaultValue = "127.0.0.1", description = "Address to bind. Default: ${DEFAULT-VALUE}.")
    private String host;

    @Option(
            names = "--data",
            defaultValue = "./deltacat-data",
            description = "Directory of database and data files, created if missing. Default: ${DEFAULT-VALUE}.")
    private Path data;

    @Option(
            names = "--catalog",
            defaultValue = "default",
            description = "Name of the catalog. Default: ${DEFAULT-VALUE}.")
    private String catalog;

    @Option(
            names = "--auth-token",
            paramLabel = "TOKEN",
            description = "Bearer token that every request must bring. Default: none. "
                    + "The environment variable DELTACAT_AUTH_TOKEN does the same without showing it in process lists.")
    private @Nullable String authToken;

    @Option(
            names = "--session-ttl",
            defaultValue = "1h",
            converter = DurationConverter.class,
            description = "Life of a write session without heartbeat, such as 30s, 15m, 1h. Default: ${DEFAULT-VALUE}.")
    private Duration sessionTimeToLive;

    @Option(
            names = "--transaction-ttl",
            defaultValue = "1h",
            converter = DurationConverter.class,
            description = "Life of a transaction without heartbeat. Default: ${DEFAULT-VALUE}.")
    private Duration transactionTimeToLive;

    @Option(
            names = "--no-compaction",
            description =
                    "Compact partitions only when somebody asks for it, not when a table has many deltas. Default: off.")
    private boolean noCompaction;

    @Option(
            names = "--enable-faults",
            description = "Offer /faults, by which tests make this server misbehave. Default: off.")
    private boolean faults;

    @Option(
            names = "--end-with-input",
            description =
                    "End when the standard input ends, so that a server does not outlive the process that started "
                            + "it, however that one ends. Default: off.")
    private boolean endWithInput;

    private final PrintStream out;
    private final InputStream in;
    private final CountDownLatch ended = new CountDownLatch(1);

    LocalServerCommand(InputStream in, PrintStream out) {
        this.in = in;
        this.out = out;
    }

    /**
     * Runs the server until the process is told to end.
     *
     * @param arguments see {@code --help}
     */
    public static void main(String[] arguments) {
        if (System.getProperty(LOG_CONFIGURATION) == null && System.getenv("LOG4J_CONFIGURATION_FILE") == null) {
            System.setProperty(LOG_CONFIGURATION, "deltacat-local-server-log4j2.properties");
        }
        System.setProperty("org.jboss.logging.provider", "slf4j");
        int status = commandLine(System.in, System.out).execute(arguments);
        System.exit(status);
    }

    /** The command line; a failure to start is told in one line, not as a stack trace. */
    static CommandLine commandLine(InputStream in, PrintStream out) {
        return new CommandLine(new LocalServerCommand(in, out))
                .setExecutionExceptionHandler((failure, line, parsed) -> {
                    line.getErr().println("deltacat-local-server: " + failure.getMessage());
                    return CommandLine.ExitCode.SOFTWARE;
                });
    }

    @Override
    public Integer call() throws InterruptedException {
        LocalServerOptions.Builder options = LocalServerOptions.builder()
                .host(host)
                .port(port)
                .dataDirectory(data)
                .catalog(catalog)
                .sessionTimeToLive(sessionTimeToLive)
                .transactionTimeToLive(transactionTimeToLive)
                .compaction(!noCompaction)
                .faultsOverHttp(faults);
        String token = authToken == null ? System.getenv("DELTACAT_AUTH_TOKEN") : authToken;
        if (token != null && !token.isEmpty()) {
            options.authToken(token);
        }
        LocalServer server = LocalServer.start(options.build());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            server.close();
            ended.countDown();
        }));
        out.println("listening on " + server.uri());
        out.flush();
        if (endWithInput) {
            awaitEndOfInput();
            server.close();
            return 0;
        }
        ended.await();
        return 0;
    }

    private void awaitEndOfInput() {
        try {
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // An input that cannot be read any more has ended, too.
            return;
        }
    }

    /** Reads {@code 250ms}, {@code 30s}, {@code 15m}, {@code 1h}, {@code 2d} or ISO-8601 such as {@code PT90S}. */
    static final class DurationConverter implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            String lower = text.trim().toLowerCase(Locale.ROOT);
            String iso;
            if (lower.startsWith("p")) {
                iso = lower;
            } else if (lower.endsWith("ms")) {
                return millis(text, lower.substring(0, lower.length() - 2));
            } else if (lower.endsWith("d")) {
                iso = "p" + lower;
            } else {
                iso = "pt" + lower;
            }
            try {
                return Duration.parse(iso);
            } catch (DateTimeParseException e) {
                throw refused(text);
            }
        }

        private static Duration millis(String text, String number) {
            try {
                return Duration.ofMillis(Long.parseLong(number));
            } catch (NumberFormatException e) {
                throw refused(text);
            }
        }

        private static TypeConversionException refused(String text) {
            return new TypeConversionException("'" + text + "' is no duration; expected such as 30s, 15m or 1h");
        }
    }
}
