package io.deltacat.format.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.deltacat.format.delimited.DelimitedFormat;
import io.deltacat.format.file.FileAppender;
import io.deltacat.format.file.FileFormat;
import io.deltacat.format.file.LocalOutputFile;
import io.deltacat.format.file.WriteOptions;
import io.deltacat.format.json.JsonFormat;
import io.deltacat.format.schema.ArrowSchemas;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Lets the real Python client read what Java wrote. Runs where {@code -Dreferee.python=} names a Python with
 * {@code deltacat-client[pandas,polars,io]==0.1.67}.
 */
@EnabledIfSystemProperty(named = "referee.python", matches = ".+")
final class PythonRefereeTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Columns the Python client reads back as another type, whoever wrote them; referee.py lists the same. */
    private static final List<String> MISREAD_DELIMITED =
            List.of("u64", "d38", "d50", "time_ms", "time_us", "time_ns", "codedlong");

    private record Case(FileFormat format, String contentType, String golden, List<String> misread) {}

    @Test
    void pythonReadsWhatJavaWrote(@TempDir Path directory) throws Exception {
        List<Map<String, Object>> manifest = new ArrayList<>();
        for (Case one : cases()) {
            CanonicalTable table = CanonicalTable.golden().get(one.golden());
            String name = one.golden().replaceFirst("\\..*", "") + "-" + manifest.size()
                    + one.format().extension();
            write(one.format(), directory.resolve(name), table);
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("file", name);
            entry.put("contentType", one.contentType());
            entry.put("schema", ArrowSchemas.toBase64(table.schema()));
            entry.put("rows", table.rows());
            entry.put("misread", one.misread());
            manifest.add(entry);
        }
        MAPPER.writeValue(directory.resolve("manifest.json").toFile(), manifest);
        assertThat(check(directory)).endsWith(manifest.size() + " files, 0 failures");
    }

    private static List<Case> cases() {
        return List.of(
                new Case(DelimitedFormat.csv(), "text/csv", "csv-scalars.csv.gz", MISREAD_DELIMITED),
                new Case(DelimitedFormat.tsv(), "text/tsv", "tsv-scalars.tsv.gz", MISREAD_DELIMITED),
                new Case(DelimitedFormat.psv(), "text/psv", "psv-scalars.psv.gz", MISREAD_DELIMITED),
                new Case(
                        DelimitedFormat.unescapedTsv(),
                        "application/x-amzn-unescaped-tsv",
                        "unescaped-tsv-scalars.tsv.gz",
                        MISREAD_DELIMITED),
                new Case(
                        new JsonFormat(),
                        "application/json",
                        "json-scalars.json.gz",
                        List.of("u64", "time_s", "time_ms", "time_us", "time_ns", "codedlong")),
                new Case(new JsonFormat(), "application/json", "json-nested.json.gz", List.of("map", "longs")));
    }

    private static void write(FileFormat format, Path path, CanonicalTable table) throws IOException {
        try (FileAppender<List<Object>> appender = format.openAppender(
                new LocalOutputFile(path),
                table.schema(),
                new CanonicalAccessor(table.schema().getFields()),
                WriteOptions.defaults())) {
            for (List<Object> row : table.rows()) {
                appender.append(row);
            }
            appender.finish();
        }
    }

    private static String check(Path directory) throws IOException, InterruptedException {
        Path script = directory.resolve("referee.py");
        try (InputStream source = PythonRefereeTest.class.getResourceAsStream("/referee/referee.py")) {
            Files.copy(source, script);
        }
        Path log = directory.resolve("referee.log");
        Process process = new ProcessBuilder(
                        System.getProperty("referee.python"), script.toString(), "check", directory.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        return Files.readString(log, StandardCharsets.UTF_8).strip();
    }
}
