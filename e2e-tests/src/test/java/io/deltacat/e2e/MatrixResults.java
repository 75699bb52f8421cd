package io.deltacat.e2e;

import io.deltacat.e2e.MatrixScenario.Peer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a run of the matrix found. */
final class MatrixResults {
    private static final int SHOWN_CHARACTERS = 600;

    private final Map<MatrixScenario, Map<Peer, Optional<String>>> cells = new LinkedHashMap<>();
    private final Map<String, Map<Peer, Optional<String>>> transforms = new LinkedHashMap<>();
    private final List<String> surprises = new ArrayList<>();

    /** Notes whether a table could be written. */
    void written(MatrixScenario scenario, Optional<String> failure) {
        Optional<String> gap = MatrixGaps.ofWriting(scenario);
        Map<Peer, Optional<String>> readers = new EnumMap<>(Peer.class);
        if (failure.isPresent()) {
            for (Peer reader : Peer.values()) {
                readers.put(reader, Optional.of(gap.orElse("not written")));
            }
        }
        cells.put(scenario, readers);
        compare(scenario.table() + " written", failure, gap);
    }

    /** Notes whether a reader read what was written. */
    void read(MatrixScenario scenario, Peer reader, Optional<String> failure) {
        Optional<String> gap = MatrixGaps.ofReading(scenario, reader);
        cells.get(scenario).put(reader, failure.isPresent() ? Optional.of(gap.orElse("not read")) : Optional.empty());
        compare(scenario.table() + " read by " + reader.title(), failure, gap);
    }

    private void compare(String what, Optional<String> failure, Optional<String> gap) {
        if (failure.isPresent() && gap.isEmpty()) {
            String text = failure.get();
            surprises.add(what + ": " + text.substring(0, Math.min(text.length(), SHOWN_CHARACTERS)));
        } else if (failure.isEmpty() && gap.isPresent()) {
            surprises.add(what + " works now, but is listed: " + gap.get());
        }
    }

    /** Notes whether a writer cuts partitions as it should. */
    void partitioned(String transform, Peer writer, Optional<String> failure) {
        Optional<String> gap = MatrixGaps.ofPartitions(transform, writer);
        transforms
                .computeIfAbsent(transform, key -> new EnumMap<>(Peer.class))
                .put(writer, failure.isPresent() ? Optional.of(gap.orElse("not written")) : Optional.empty());
        compare(transform + " cut by " + writer.title(), failure, gap);
    }

    /** For each transform and writer the reason why it cannot cut partitions so, empty if it can. */
    Map<String, Map<Peer, Optional<String>>> transforms() {
        return transforms;
    }

    /** What is not as {@link MatrixGaps} lists it, with the failure. */
    List<String> surprises() {
        return surprises;
    }

    /** For each table and reader the reason why it cannot be read, empty if it can. */
    Map<MatrixScenario, Map<Peer, Optional<String>>> cells() {
        return cells;
    }
}
