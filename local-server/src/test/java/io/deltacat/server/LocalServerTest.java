package io.deltacat.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class LocalServerTest {
    @TempDir
    Path directory;

    @Test
    void twoServersCannotShareADataDirectory() {
        LocalServerOptions options =
                LocalServerOptions.builder().dataDirectory(directory).build();
        try (LocalServer first = LocalServer.start(options)) {
            assertThat(first.uri().getPort()).isPositive();
            assertThatThrownBy(() -> LocalServer.start(options))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(directory.toString())
                    .hasMessageContaining("--data");
        }
        LocalServer.start(options).close();
    }

    @Test
    void aPortInUseIsToldAndFreesTheDataDirectory() {
        LocalServerOptions options = LocalServerOptions.builder()
                .dataDirectory(directory.resolve("a"))
                .build();
        try (LocalServer first = LocalServer.start(options)) {
            LocalServerOptions samePort = LocalServerOptions.builder()
                    .dataDirectory(directory.resolve("b"))
                    .port(first.uri().getPort())
                    .build();
            assertThatThrownBy(() -> LocalServer.start(samePort))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(Integer.toString(first.uri().getPort()));
        }
        LocalServer.start(LocalServerOptions.builder()
                        .dataDirectory(directory.resolve("b"))
                        .build())
                .close();
    }

    @Test
    void closingTwiceIsFine() {
        LocalServer server = LocalServer.start(
                LocalServerOptions.builder().dataDirectory(directory).build());
        server.close();
        server.close();
    }

    @ParameterizedTest
    @CsvSource({"250ms, PT0.25S", "30s, PT30S", "15m, PT15M", "1h, PT1H", "2d, PT48H", "PT90S, PT1M30S"})
    void durationsAreReadAsPeopleWriteThem(String text, Duration expected) {
        assertThat(new LocalServerCommand.DurationConverter().convert(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"--session-ttl=soon, soon", "--port=x, x", "--colour=red, colour", "--session-ttl=0s, session-ttl"})
    void aWrongOptionIsToldInOneLine(String option, String named) {
        StringWriter errors = new StringWriter();
        CommandLine line = LocalServerCommand.commandLine(
                InputStream.nullInputStream(),
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(errors, true));
        int status = line.execute(option, "--data=" + directory);
        assertThat(status).isNotZero();
        assertThat(errors.toString()).contains(named).doesNotContain("\tat ");
    }

    @Test
    void aServerThatIsToldSoEndsWithItsInput() {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        int status = LocalServerCommand.commandLine(
                        InputStream.nullInputStream(), new PrintStream(printed, true, StandardCharsets.UTF_8))
                .execute("--port=0", "--end-with-input", "--data=" + directory);

        assertThat(status).isZero();
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("listening on http://");
    }
}
