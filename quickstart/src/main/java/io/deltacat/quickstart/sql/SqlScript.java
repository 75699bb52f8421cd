package io.deltacat.quickstart.sql;

import io.deltacat.quickstart.QuickStartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts SQL text into statements and fills in its <code>${name}</code> placeholders.
 *
 * <p>Statements end with a semicolon. Semicolons inside string literals, quoted names and comments do not count. Comments
 * are kept, because hints look like comments. Immutable.
 */
public final class SqlScript {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Za-z][A-Za-z0-9._-]*)}");

    private final List<String> statements;
    private final String rest;

    private SqlScript(List<String> statements, String rest) {
        this.statements = List.copyOf(statements);
        this.rest = rest;
    }

    /**
     * Reads a script from a file in UTF-8.
     *
     * @param file the script
     * @param values what each placeholder stands for, by name
     * @return the script; a last statement without a semicolon counts as a statement
     * @throws QuickStartException if the file cannot be read or uses a placeholder that {@code values} does not name
     */
    public static SqlScript read(Path file, Map<String, String> values) {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            throw new QuickStartException(
                    "SQL file '" + file + "' cannot be read: " + e.getMessage()
                            + ". Start the quick start from the repository's root.",
                    e);
        }
        SqlScript script = parse(fill(text, values, file.toString()));
        if (script.rest.isEmpty()) {
            return script;
        }
        List<String> all = new ArrayList<>(script.statements);
        all.add(script.rest);
        return new SqlScript(all, "");
    }

    /**
     * Cuts text into statements.
     *
     * @param text SQL, with or without a last semicolon
     * @return the complete statements and what is left after the last semicolon
     */
    public static SqlScript parse(String text) {
        List<String> statements = new ArrayList<>();
        int start = 0;
        int at = 0;
        while (at < text.length()) {
            int next = skipLiteralOrComment(text, at);
            if (next > at) {
                at = next;
                continue;
            }
            if (text.charAt(at) == ';') {
                String statement = text.substring(start, at).strip();
                if (hasCode(statement)) {
                    statements.add(statement);
                }
                start = at + 1;
            }
            at++;
        }
        String rest = text.substring(Math.min(start, text.length())).strip();
        return new SqlScript(statements, hasCode(rest) ? rest : "");
    }

    /**
     * The statements in order, without their semicolons.
     *
     * @return an immutable list, empty if there are none
     */
    public List<String> statements() {
        return statements;
    }

    /**
     * What follows the last semicolon.
     *
     * @return the unfinished statement, or an empty string if there is nothing but white space and comments
     */
    public String rest() {
        return rest;
    }

    private static String fill(String text, Map<String, String> values, String file) {
        Matcher matcher = PLACEHOLDER.matcher(text);
        StringBuilder filled = new StringBuilder();
        while (matcher.find()) {
            String name = matcher.group(1);
            String value = values.get(name);
            if (value == null) {
                throw new QuickStartException("SQL file '" + file + "' uses '${" + name + "}'; known are "
                        + values.keySet().stream().sorted().toList() + ". Correct the name.");
            }
            matcher.appendReplacement(filled, Matcher.quoteReplacement(value));
        }
        matcher.appendTail(filled);
        return filled.toString();
    }

    /** Returns the position after the literal, quoted name or comment that starts at {@code at}, or {@code at}. */
    private static int skipLiteralOrComment(String text, int at) {
        char c = text.charAt(at);
        if (c == '\'' || c == '"' || c == '`') {
            return after(text, text.indexOf(c, at + 1), 1);
        }
        if (text.startsWith("--", at)) {
            return after(text, text.indexOf('\n', at), 1);
        }
        if (text.startsWith("/*", at)) {
            return after(text, text.indexOf("*/", at + 2), 2);
        }
        return at;
    }

    private static int after(String text, int found, int length) {
        return found < 0 ? text.length() : found + length;
    }

    private static boolean hasCode(String statement) {
        int at = 0;
        while (at < statement.length()) {
            if (statement.startsWith("--", at) || statement.startsWith("/*", at)) {
                at = skipLiteralOrComment(statement, at);
            } else if (Character.isWhitespace(statement.charAt(at))) {
                at++;
            } else {
                return true;
            }
        }
        return false;
    }
}
