package io.deltacat.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Keeps the versions in {@code docs/dependencies.md} equal to those pinned in the root {@code pom.xml}. */
class DependencyDocumentationTest {

    private static final Pattern PIN = Pattern.compile("<([a-z0-9-]+)\\.version>([^<]+)</");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z0-9-]+)` \\| ([^ |]+) \\|");

    @Test
    void thePageNamesEveryPinnedVersionAndNoOther() throws IOException {
        Map<String, String> pinned = pairs(PIN, Path.of("..", "pom.xml"));
        Map<String, String> documented = pairs(ROW, Path.of("..", "docs", "dependencies.md"));

        assertThat(pinned).isNotEmpty();
        assertThat(documented)
                .as("docs/dependencies.md is stale: write down the pins of pom.xml, with the reason for each")
                .isEqualTo(pinned);
    }

    private static Map<String, String> pairs(Pattern pattern, Path file) throws IOException {
        return pattern.matcher(Files.readString(file, StandardCharsets.UTF_8))
                .results()
                .collect(Collectors.toMap(
                        (MatchResult match) -> match.group(1), match -> match.group(2), (a, b) -> a, TreeMap::new));
    }
}
