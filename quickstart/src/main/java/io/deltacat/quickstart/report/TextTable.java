package io.deltacat.quickstart.report;

import java.util.ArrayList;
import java.util.List;

/** Lays out rows of text in columns that are as wide as their longest cell. Not thread-safe. */
public final class TextTable {
    private final List<String> header;
    private final List<List<String>> rows = new ArrayList<>();

    /**
     * Starts a table.
     *
     * @param header the column titles
     */
    public TextTable(List<String> header) {
        this.header = List.copyOf(header);
    }

    /**
     * Adds a row.
     *
     * @param cells as many cells as the table has columns
     * @return this table
     * @throws IllegalArgumentException if the number of cells is another one
     */
    public TextTable row(List<String> cells) {
        if (cells.size() != header.size()) {
            throw new IllegalArgumentException("row has " + cells.size() + " cells, the table " + header.size());
        }
        rows.add(List.copyOf(cells));
        return this;
    }

    /**
     * Lays the table out: the first column to the left, all others to the right.
     *
     * @return the lines, without line ends
     */
    public List<String> lines() {
        int[] widths = new int[header.size()];
        for (int column = 0; column < widths.length; column++) {
            widths[column] = header.get(column).length();
            for (List<String> row : rows) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        List<String> lines = new ArrayList<>();
        lines.add(line(header, widths));
        StringBuilder rule = new StringBuilder();
        for (int width : widths) {
            rule.append(rule.isEmpty() ? "" : "  ").append("-".repeat(width));
        }
        lines.add(rule.toString());
        rows.forEach(row -> lines.add(line(row, widths)));
        return lines;
    }

    private static String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String padding = " ".repeat(widths[column] - cells.get(column).length());
            line.append(column == 0 ? "" : "  ")
                    .append(column == 0 ? cells.get(column) + padding : padding + cells.get(column));
        }
        return line.toString().stripTrailing();
    }
}
