package io.deltacat.e2e;

import io.deltacat.client.model.PartitionKeyInput;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * One table of the matrix: who writes it, in which format, kind and mode, and the writes themselves.
 *
 * @param writer who writes
 * @param format content type as the wire names it
 * @param kind what kind of table
 * @param mode what the last write does
 * @param suffix ends the table's name
 */
record MatrixScenario(Peer writer, String format, Kind kind, String mode, String suffix) {

    MatrixScenario(Peer writer, String format, Kind kind, String mode) {
        this(writer, format, kind, mode, "");
    }

    /** Who writes and reads. */
    enum Peer {
        PYTHON("Python"),
        JAVA("Java"),
        FLINK("Flink");

        private final String title;

        Peer(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }
    }

    /** Kinds of tables. */
    enum Kind {
        PLAIN("unpartitioned", null, false),
        PARTITIONED("partitioned by `identity` of a text", new PartitionKeyInput(List.of("region"), "identity"), false),
        EVOLVED("a column added between two writes", null, false),
        MERGED("merge key", null, true),
        MERGED_PARTITIONED(
                "merge key, partitioned by its `bucket(2)`", new PartitionKeyInput(List.of("id"), "bucket(2)"), true);

        private final String title;
        private final PartitionKeyInput partitionKey;
        private final boolean keyed;

        Kind(String title, PartitionKeyInput partitionKey, boolean keyed) {
            this.title = title;
            this.partitionKey = partitionKey;
            this.keyed = keyed;
        }

        String title() {
            return title;
        }

        Optional<PartitionKeyInput> partitionKey() {
            return Optional.ofNullable(partitionKey);
        }

        boolean keyed() {
            return keyed;
        }
    }

    /** A write: its mode and its rows, one value per column of {@link MatrixColumn#ALL}. */
    record Write(String mode, List<MatrixColumn> columns, List<List<Object>> rows) {}

    private static final List<String> DELIMITED = List.of("csv", "tsv", "psv");
    private static final String PLAIN_TEXT_ONLY = "unescaped_tsv";

    String table() {
        return (writer + "_" + format + "_" + kind + "_" + mode + suffix).toLowerCase(Locale.ROOT);
    }

    /** Whether a null text comes back as an empty one: quoted delimited files cannot tell them apart. */
    boolean textsLoseNulls() {
        return DELIMITED.contains(format);
    }

    List<MatrixColumn> columns() {
        return kind == Kind.EVOLVED ? MatrixColumn.ALL : MatrixColumn.FIRST;
    }

    /** Whether the writer makes the table by its first write. */
    boolean madeByWriting() {
        return mode.equals("create") || mode.equals("auto") && !kind.keyed();
    }

    /** The writes, in their order. */
    List<Write> writes() {
        List<List<Object>> first = rows(1, 6, 0);
        return switch (mode) {
            case "auto" -> List.of(write("auto", first), write("auto", kind.keyed() ? rows(4, 8, 1) : rows(7, 9, 0)));
            case "create" -> List.of(write("create", first));
            case "add", "append" ->
                List.of(new Write(mode, MatrixColumn.FIRST, first), new Write(mode, columns(), rows(7, 9, 0)));
            case "replace" ->
                List.of(write(kind.keyed() ? "merge" : "append", first), write("replace", rows(20, 25, 0)));
            case "replace_partition" ->
                List.of(
                        write("append", first),
                        write(
                                "replace_partition",
                                rows(20, 26, 0).stream()
                                        .filter(row -> row.get(1).equals("eu"))
                                        .toList()));
            case "merge" ->
                List.of(write("merge", first), write("merge", rows(4, 8, 1)), write("merge", rows(8, 8, 2)));
            case "delete" ->
                List.of(write("merge", first), write("delete", rows(2, 4, 0)), write("merge", rows(4, 4, 1)));
            default -> throw new IllegalArgumentException("mode '" + mode + "'");
        };
    }

    /** The rows that a reader must find, sorted by id. */
    List<List<Object>> expected() {
        Map<Long, List<Object>> table = new LinkedHashMap<>();
        for (Write write : writes()) {
            switch (write.mode()) {
                case "replace" -> table.clear();
                case "replace_partition" ->
                    remove(
                            table,
                            row -> write.rows().stream()
                                    .anyMatch(written -> written.get(1).equals(row.get(1))));
                case "delete" ->
                    remove(
                            table,
                            row -> write.rows().stream()
                                    .anyMatch(written -> written.get(0).equals(row.get(0))));
                default -> {}
            }
            if (!write.mode().equals("delete")) {
                for (List<Object> row : write.rows()) {
                    table.put((Long) row.get(0), read(row, write.columns().size()));
                }
            }
        }
        return table.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue)
                .toList();
    }

    private List<Object> read(List<Object> written, int columnsWritten) {
        List<Object> row = new ArrayList<>();
        for (MatrixColumn column : columns()) {
            Object value = column.ordinal() < columnsWritten ? written.get(column.ordinal()) : null;
            row.add(value == null && column.wireType().equals("string") && textsLoseNulls() ? "" : value);
        }
        return row;
    }

    private static void remove(Map<Long, List<Object>> table, Predicate<List<Object>> condition) {
        table.values().removeIf(condition);
    }

    private Write write(String writeMode, List<List<Object>> rows) {
        return new Write(writeMode, MatrixColumn.FIRST, rows);
    }

    private List<List<Object>> rows(long first, long last, int revision) {
        List<List<Object>> rows = new ArrayList<>();
        for (long id = first; id <= last; id++) {
            rows.add(MatrixColumn.row(id, revision, format.equals(PLAIN_TEXT_ONLY)));
        }
        return rows;
    }

    /** All tables that a writer writes in a format. */
    static List<MatrixScenario> all(Peer writer, String format) {
        List<MatrixScenario> all = new ArrayList<>();
        Map<Kind, List<String>> modes = new LinkedHashMap<>();
        modes.put(Kind.PLAIN, List.of("auto", "create", "add", "append", "replace"));
        modes.put(Kind.PARTITIONED, List.of("add", "append", "replace", "replace_partition"));
        modes.put(Kind.EVOLVED, List.of("append"));
        modes.put(Kind.MERGED, List.of("auto", "merge", "delete", "replace"));
        modes.put(Kind.MERGED_PARTITIONED, List.of("merge", "delete"));
        if (writer == Peer.FLINK) {
            modes.put(Kind.PLAIN, List.of("auto", "add", "append", "replace"));
            modes.put(Kind.PARTITIONED, List.of("add", "append", "replace_partition"));
            modes.put(Kind.MERGED, List.of("merge"));
            modes.put(Kind.MERGED_PARTITIONED, List.of("merge"));
        }
        modes.forEach((kind, names) -> names.forEach(mode -> all.add(new MatrixScenario(writer, format, kind, mode))));
        return all;
    }
}
