package io.deltacat.quickstart.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltacat.quickstart.QuickStartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqlScriptTest {
    @Test
    void semicolonsInsideLiteralsNamesAndCommentsDoNotEndAStatement() {
        SqlScript script = SqlScript.parse(
                "SELECT ';' AS `a;b`, \"c;d\" -- not; here\nFROM t /* nor; here */; SELECT 'it''s;' ;\n");

        assertThat(script.statements())
                .containsExactly(
                        "SELECT ';' AS `a;b`, \"c;d\" -- not; here\nFROM t /* nor; here */", "SELECT 'it''s;'");
        assertThat(script.rest()).isEmpty();
    }

    @Test
    void commentsAloneAreNoStatementAndHintsAreKept() {
        SqlScript script =
                SqlScript.parse("-- a comment;\n;;/* another */;\nSELECT * FROM t /*+ OPTIONS('a'='b;') */;");

        assertThat(script.statements()).containsExactly("SELECT * FROM t /*+ OPTIONS('a'='b;') */");
    }

    @Test
    void anUnfinishedStatementIsTheRest() {
        assertThat(SqlScript.parse("SELECT 1; SELECT 'open ;").rest()).isEqualTo("SELECT 'open ;");
        assertThat(SqlScript.parse("SELECT 1; -- done").rest()).isEmpty();
        assertThat(SqlScript.parse("").statements()).isEmpty();
    }

    @Test
    void placeholdersAreFilledAndALastStatementNeedsNoSemicolon(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("a.sql"), "SET 'x' = '${server.uri}';\nSELECT ${rows}");

        assertThat(SqlScript.read(file, Map.of("server.uri", "http://h:1/$1", "rows", "5"))
                        .statements())
                .containsExactly("SET 'x' = 'http://h:1/$1'", "SELECT 5");
    }

    @Test
    void anUnknownPlaceholderIsNamedWithItsFile(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("a.sql"), "SELECT ${rosw}");

        assertThatThrownBy(() -> SqlScript.read(file, Map.of("rows", "5")))
                .isInstanceOf(QuickStartException.class)
                .hasMessageContaining("a.sql")
                .hasMessageContaining("${rosw}")
                .hasMessageContaining("[rows]");
    }

    @Test
    void aMissingFileIsNamed(@TempDir Path directory) {
        assertThatThrownBy(() -> SqlScript.read(directory.resolve("no.sql"), Map.of()))
                .isInstanceOf(QuickStartException.class)
                .hasMessageContaining("no.sql");
    }
}
