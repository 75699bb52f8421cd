package io.deltacat.quickstart.replay;

import io.deltacat.quickstart.QuickStartException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Reads the lines of a CSV file, plain or compressed with gzip. Stateless. */
public final class ReplayFile {
    private ReplayFile() {}

    /**
     * The names in a file's first line and the number of lines that follow.
     *
     * @param columns the column names, in order
     * @param rows how many data lines the file has
     */
    public record Header(List<String> columns, long rows) {
        /** Copies the names. */
        public Header {
            columns = List.copyOf(columns);
        }
    }

    /**
     * Reads a file's first line and counts the others.
     *
     * @param file the CSV file; the suffix {@code .gz} means gzip
     * @return names and row count
     * @throws QuickStartException if the file cannot be read or is empty
     */
    public static Header header(Path file) {
        List<String> lines = lines(file);
        return new Header(List.of(lines.get(0).split(",", -1)), lines.size() - 1L);
    }

    /**
     * Reads all lines, the header first.
     *
     * @param file the CSV file; the suffix {@code .gz} means gzip
     * @return the lines without their ends; at least one
     * @throws QuickStartException if the file cannot be read or is empty
     */
    public static List<String> lines(Path file) {
        List<String> lines = new ArrayList<>();
        try (InputStream raw = Files.newInputStream(file);
                InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw;
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
            }
        } catch (IOException e) {
            throw new QuickStartException(
                    "File '" + file + "' cannot be read: " + e + ". Check the path and that the file is complete.", e);
        }
        if (lines.isEmpty()) {
            throw new QuickStartException("File '" + file + "' is empty; expected a first line with column names.");
        }
        return lines;
    }
}
