package io.deltacat.e2e;

import io.deltacat.e2e.MatrixScenario.Kind;
import io.deltacat.e2e.MatrixScenario.Peer;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What is known not to work, each with its reason. The test fails when something else does not work, or when one of these does. */
final class MatrixGaps {
    /**
     * One gap.
     *
     * @param reader who cannot read; empty when the table cannot even be written
     * @param tables which tables
     * @param reason why, for the page
     */
    record Gap(Optional<Peer> reader, Predicate<MatrixScenario> tables, String reason) {}

    private static final List<String> DELIMITED = List.of("csv", "tsv", "psv", "unescaped_tsv");

    private static final List<Gap> GAPS = List.of(
            new Gap(
                    Optional.of(Peer.PYTHON),
                    table -> DELIMITED.contains(table.format()) && table.kind() == Kind.EVOLVED,
                    "The Python client reads delimited files, which have no header, with the newest columns, and fails on files"
                            + " from before a column was added."),
            new Gap(
                    Optional.of(Peer.PYTHON),
                    table -> DELIMITED.contains(table.format()) && table.kind().keyed(),
                    "The Python client does not hand the column names to its reader of delimited files when it merges on read."),
            new Gap(
                    Optional.of(Peer.PYTHON),
                    table -> table.format().equals("json") && table.kind().keyed(),
                    "The Python client asks its JSON reader for columns when it merges on read, which that reader does not take."),
            new Gap(
                    Optional.of(Peer.FLINK),
                    table -> DELIMITED.contains(table.format()) && table.kind() == Kind.EVOLVED,
                    "Not yet: Flink reads delimited files from before a column was added."));

    private MatrixGaps() {}

    /** The reason why a table cannot be written. */
    static Optional<String> ofWriting(MatrixScenario scenario) {
        return find(scenario, Optional.empty());
    }

    /** The reason why a reader cannot read a table. */
    static Optional<String> ofReading(MatrixScenario scenario, Peer reader) {
        return find(scenario, Optional.of(reader));
    }

    /** The reason why a writer cannot cut partitions by a transform. */
    static Optional<String> ofPartitions(String transform, Peer writer) {
        return writer == Peer.PYTHON && transform.equals("identity of day")
                ? Optional.of("The Python client cannot encode dates as partition values.")
                : Optional.empty();
    }

    private static Optional<String> find(MatrixScenario scenario, Optional<Peer> reader) {
        return GAPS.stream()
                .filter(gap -> gap.reader().equals(reader) && gap.tables().test(scenario))
                .map(Gap::reason)
                .findFirst();
    }
}
