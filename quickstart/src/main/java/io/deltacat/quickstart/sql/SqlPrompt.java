package io.deltacat.quickstart.sql;

import io.deltacat.quickstart.FailureText;
import io.deltacat.quickstart.report.TextTable;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.apache.flink.table.api.ResultKind;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;

/** Reads SQL statements and prints their answers until it is told to end. Confined to one thread. */
public final class SqlPrompt {
    private static final String FIRST = "deltacat> ";
    private static final String NEXT = "        > ";
    private static final int MOST_ROWS = 1000;

    private final SqlRunner runner;
    private final PrintStream out;

    /**
     * Makes a prompt.
     *
     * @param environment where statements run; best in batch mode, so that queries end
     * @param out where questions, answers and errors go
     */
    public SqlPrompt(TableEnvironment environment, PrintStream out) {
        this.runner = new SqlRunner(environment);
        this.out = out;
    }

    /**
     * Runs statements until {@code exit;} or {@code quit;}, or until the input ends.
     *
     * @param input what is typed
     * @return true if told to end, false if the input ended
     * @throws IOException if the input cannot be read
     */
    public boolean run(Reader input) throws IOException {
        BufferedReader reader = new BufferedReader(input);
        String pending = "";
        ask(FIRST);
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            String text = pending.isEmpty() ? line : pending + "\n" + line;
            if (isExit(text)) {
                return true;
            }
            SqlScript script = SqlScript.parse(text);
            for (String statement : script.statements()) {
                if (isExit(statement)) {
                    return true;
                }
                answer(statement);
            }
            pending = script.rest();
            ask(pending.isEmpty() ? FIRST : NEXT);
        }
        out.println();
        return false;
    }

    private void ask(String prompt) {
        out.print(prompt);
        out.flush();
    }

    private void answer(String statement) {
        try {
            Optional<TableResult> result = runner.run(statement);
            if (result.isPresent()) {
                if (SqlRunner.writes(statement)) {
                    result.get().await();
                    out.println("Written.");
                } else if (result.get().getResultKind() == ResultKind.SUCCESS) {
                    out.println("OK.");
                } else {
                    print(result.get());
                }
            } else {
                out.println("Set.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            out.println("Interrupted.");
        } catch (Exception e) {
            // Flink reports wrong SQL, impossible options and failed jobs by many types; the person wants the reason.
            out.println("[ERROR] " + FailureText.of(e));
        }
    }

    private void print(TableResult result) throws Exception {
        TextTable table = new TextTable(result.getResolvedSchema().getColumnNames());
        long rows = 0;
        try (CloseableIterator<Row> answer = result.collect()) {
            while (answer.hasNext() && rows < MOST_ROWS) {
                Row row = answer.next();
                List<String> cells = new ArrayList<>();
                for (int column = 0; column < row.getArity(); column++) {
                    cells.add(Objects.toString(row.getField(column), "NULL"));
                }
                table.row(cells);
                rows++;
            }
        }
        table.lines().forEach(out::println);
        out.println(rows + (rows == 1 ? " row" : " rows") + (rows == MOST_ROWS ? ", and maybe more" : ""));
    }

    private static boolean isExit(String text) {
        String word = text.strip().toLowerCase(Locale.ROOT).replace(";", "");
        return word.equals("exit") || word.equals("quit");
    }
}
