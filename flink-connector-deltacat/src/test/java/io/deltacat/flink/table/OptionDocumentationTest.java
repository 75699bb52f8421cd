package io.deltacat.flink.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltacat.flink.table.TableOption.Section;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.description.HtmlFormatter;
import org.apache.flink.util.TimeUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keeps {@code docs/options.md} equal to the options in the code. */
class OptionDocumentationTest {

    private static final Path PAGE = Path.of("..", "docs", "options.md");
    private static final String OPTIONS_BEGIN = "<!-- options: generated, see options.md -->\n";
    private static final String OPTIONS_END = "<!-- end of options -->";
    private static final String REGENERATE = "./mvnw -pl flink-connector-deltacat -am test "
            + "-Dtest=OptionDocumentationTest -Dsurefire.failIfNoSpecifiedTests=false -Ddocs.write=true";

    @Test
    void thePageShowsTheOptionsOfTheCode() throws IOException {
        String expected = page();
        if (Boolean.getBoolean("docs.write")) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, expected, StandardCharsets.UTF_8);
        }

        assertThat(Files.exists(PAGE) ? Files.readString(PAGE, StandardCharsets.UTF_8) : "")
                .as("docs/options.md is stale. Write it again with: %s", REGENERATE)
                .isEqualTo(expected);
    }

    /** A chapter shows the options of its section between two marks; whoever writes it puts the marks there. */
    @ParameterizedTest
    @CsvSource({"sink.md, SINK", "source.md, SOURCE"})
    void theChapterShowsTheOptionsOfItsSection(String name, Section section) throws IOException {
        Path chapter = PAGE.resolveSibling(name);
        String text = Files.readString(chapter, StandardCharsets.UTF_8);
        int start = text.indexOf(OPTIONS_BEGIN) + OPTIONS_BEGIN.length();
        String expected = text.substring(0, start) + table(section) + text.substring(text.indexOf(OPTIONS_END));
        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(chapter, expected, StandardCharsets.UTF_8);
        }

        assertThat(Files.readString(chapter, StandardCharsets.UTF_8))
                .as("docs/%s is stale. Write it again with: %s", name, REGENERATE)
                .isEqualTo(expected);
    }

    @Test
    void everyOptionIsDescribed() {
        assertThat(DeltaCatOptions.all())
                .allSatisfy(known ->
                        assertThat(describe(known.option())).as(known.key()).isNotBlank());
    }

    private static String page() {
        return """
                # Options of a DeltaCAT table

                `CREATE TABLE … WITH ('connector' = 'deltacat', 'uri' = '…', 'table' = '…', …)`. Unknown and contradictory \
                options, and values out of range, stop a query while it is planned, with a message that names the option.

                <!-- Generated from DeltaCatOptions. Do not edit; write it again with:
                     %s -->

                ## Connection and table

                %s
                ## Reading

                %s
                ## Writing

                %s""".formatted(REGENERATE, table(Section.CONNECTION), table(Section.SOURCE), table(Section.SINK));
    }

    private static String table(Section section) {
        StringBuilder rows = new StringBuilder("| option | default | value | meaning |\n|---|---|---|---|\n");
        for (TableOption<?> known : DeltaCatOptions.all()) {
            if (known.section() == section) {
                rows.append("| `%s` | %s | %s | %s |\n"
                        .formatted(
                                known.key(), defaultValue(known.option()), known.expected(), describe(known.option())));
            }
        }
        return rows.toString();
    }

    private static String defaultValue(ConfigOption<?> option) {
        boolean required = option.equals(DeltaCatOptions.URI) || option.equals(DeltaCatOptions.TABLE);
        Object value = option.defaultValue();
        if (value == null) {
            return required ? "(required)" : "–";
        }
        if (value instanceof Duration duration) {
            return TimeUtils.formatWithHighestUnit(duration);
        }
        if (value instanceof Enum<?> constant) {
            return DeltaCatOptions.shown(constant);
        }
        return value.toString();
    }

    private static String describe(ConfigOption<?> option) {
        return new HtmlFormatter()
                .format(option.description())
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replaceAll("\\s+", " ");
    }
}
