package io.deltacat.quickstart.sql;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.TableResult;

/**
 * Runs statements in a table environment, including {@code SET}, which Flink leaves to its SQL client. Confined to one
 * thread, as the environment is.
 */
public final class SqlRunner {
    private static final Pattern SET =
            Pattern.compile("SET\\s+'([^']+)'\\s*=\\s*'((?:[^']|'')*)'", Pattern.CASE_INSENSITIVE);

    private final TableEnvironment environment;

    /**
     * Wraps an environment.
     *
     * @param environment where statements run
     */
    public SqlRunner(TableEnvironment environment) {
        this.environment = environment;
    }

    /**
     * Runs one statement.
     *
     * @param statement the SQL without its semicolon
     * @return the result, or empty for {@code SET}; an {@code INSERT} may still be running
     * @throws RuntimeException Flink's own exception if the statement is wrong; its causes say what to correct
     */
    public Optional<TableResult> run(String statement) {
        Matcher set = SET.matcher(withoutLeadingComments(statement));
        if (set.matches()) {
            environment.getConfig().set(set.group(1), set.group(2).replace("''", "'"));
            return Optional.empty();
        }
        return Optional.of(environment.executeSql(statement));
    }

    /**
     * Runs the statements of a script in order.
     *
     * @param script the script
     * @return the last statement's result, empty if there is none
     */
    public Optional<TableResult> run(SqlScript script) {
        Optional<TableResult> last = Optional.empty();
        for (String statement : script.statements()) {
            last = run(statement);
        }
        return last;
    }

    /** Whether a statement starts a job that writes, so that its end can be awaited. */
    static boolean writes(String statement) {
        String text = withoutLeadingComments(statement).toUpperCase(Locale.ROOT);
        return text.startsWith("INSERT") || text.startsWith("EXECUTE STATEMENT SET");
    }

    private static String withoutLeadingComments(String statement) {
        String text = statement.strip();
        while (text.startsWith("--") || text.startsWith("/*")) {
            boolean line = text.startsWith("--");
            int end = line ? text.indexOf('\n') : text.indexOf("*/");
            text = end < 0 ? "" : text.substring(end + (line ? 1 : 2)).strip();
        }
        return text;
    }
}
