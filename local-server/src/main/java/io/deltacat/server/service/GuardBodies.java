package io.deltacat.server.service;

import com.fasterxml.jackson.databind.JsonNode;
import io.deltacat.client.model.WriteEntry;
import io.deltacat.server.machine.PartitionGuard;
import io.deltacat.server.machine.Refusal;
import io.deltacat.server.machine.RefusalKind;
import io.deltacat.server.machine.RefusedException;
import io.deltacat.server.machine.WriteMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the guards of entries that replace a partition (protocol/data-plane.md §1.6). Stateless. */
final class GuardBodies {
    private static final Set<String> SNAPSHOT_FIELDS = Set.of("version", "partition_id", "revision_sha256", "deltas");
    private static final Set<String> DELTA_FIELDS = Set.of("stream_position", "revision_sha256", "embedded");
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
    private static final int LONGEST_ID = 256;

    /** Deltas a guard may list at most. */
    static final int MOST_DELTAS = 256;

    private GuardBodies() {}

    /**
     * The guard of an entry.
     *
     * @param entry the entry
     * @param where its name for messages, such as {@code entries[0]}
     * @param mode the session's mode; guards belong to {@code replace_partition} only
     * @return the guard; {@link PartitionGuard#NONE} if it has none
     * @throws RefusedException naming what cannot be read or does not fit together
     */
    static PartitionGuard of(WriteEntry entry, String where, WriteMode mode) {
        JsonNode snapshot = entry.expectedPartitionSnapshot();
        PartitionGuard guard = new PartitionGuard(
                entry.expectedPreviousPartitionId(),
                Boolean.TRUE.equals(entry.expectedMissingPartition()),
                snapshot == null || snapshot.isNull()
                        ? null
                        : snapshot(snapshot, where + ".expected_partition_snapshot"));
        if (!guard.expectsSomething()) {
            return PartitionGuard.NONE;
        }
        if (mode != WriteMode.REPLACE_PARTITION) {
            throw refused(
                    RefusalKind.INVALID_REQUEST,
                    where,
                    "carries a guard of mode replace_partition, but the session writes in mode '" + mode.wireName()
                            + "'; leave expected_… out");
        }
        if (guard.missing() && (guard.previousPartitionId() != null || guard.snapshot() != null)) {
            throw refused(
                    RefusalKind.INVALID_REQUEST,
                    where,
                    "expects the partition to be missing and to have contents at once; send one of the two");
        }
        return guard;
    }

    private static PartitionGuard.ExpectedContents snapshot(JsonNode node, String field) {
        requireFields(node, SNAPSHOT_FIELDS, field);
        if (!node.get("version").isIntegralNumber() || node.get("version").asLong() != 1) {
            throw refused(RefusalKind.INVALID_FIELD, field + ".version", "is " + node.get("version") + "; expected 1");
        }
        JsonNode id = node.get("partition_id");
        if (!id.isTextual() || id.asText().isBlank() || id.asText().length() > LONGEST_ID) {
            throw refused(RefusalKind.INVALID_FIELD, field + ".partition_id", "is " + id + "; expected a partition id");
        }
        JsonNode deltas = node.get("deltas");
        if (!deltas.isArray() || deltas.isEmpty() || deltas.size() > MOST_DELTAS) {
            throw refused(
                    RefusalKind.INVALID_FIELD, field + ".deltas", "is no list of 1 to " + MOST_DELTAS + " deltas");
        }
        List<PartitionGuard.ExpectedDelta> expected = new ArrayList<>();
        Set<Long> positions = new HashSet<>();
        for (int i = 0; i < deltas.size(); i++) {
            PartitionGuard.ExpectedDelta delta = delta(deltas.get(i), field + ".deltas[" + i + "]");
            if (!positions.add(delta.streamPosition())) {
                throw refused(
                        RefusalKind.INVALID_FIELD,
                        field + ".deltas[" + i + "].stream_position",
                        "is " + delta.streamPosition() + ", as in an earlier delta; list each once");
            }
            expected.add(delta);
        }
        expected.sort(Comparator.comparingLong(PartitionGuard.ExpectedDelta::streamPosition));
        return new PartitionGuard.ExpectedContents(
                id.asText(), digest(node.get("revision_sha256"), field + ".revision_sha256"), expected);
    }

    private static PartitionGuard.ExpectedDelta delta(JsonNode node, String field) {
        requireFields(node, DELTA_FIELDS, field);
        JsonNode position = node.get("stream_position");
        if (!position.isIntegralNumber() || !position.canConvertToLong() || position.asLong() < 0) {
            throw refused(
                    RefusalKind.INVALID_FIELD,
                    field + ".stream_position",
                    "is " + position + "; expected a whole number from 0");
        }
        JsonNode embedded = node.get("embedded");
        if (!embedded.isBoolean()) {
            throw refused(
                    RefusalKind.INVALID_FIELD, field + ".embedded", "is " + embedded + "; expected true or false");
        }
        JsonNode revision = node.get("revision_sha256");
        if (embedded.asBoolean() != revision.isNull()) {
            throw refused(
                    RefusalKind.INVALID_FIELD,
                    field + ".revision_sha256",
                    "is " + revision + "; expected null for an embedded delta and a digest for others");
        }
        return new PartitionGuard.ExpectedDelta(
                position.asLong(), revision.isNull() ? null : digest(revision, field + ".revision_sha256"));
    }

    private static void requireFields(JsonNode node, Set<String> names, String field) {
        Set<String> given = new HashSet<>();
        node.fieldNames().forEachRemaining(given::add);
        if (!node.isObject() || !given.equals(names)) {
            throw refused(
                    RefusalKind.INVALID_FIELD,
                    field,
                    "is no object with exactly the fields "
                            + names.stream().sorted().toList());
        }
    }

    private static String digest(JsonNode node, String field) {
        if (!node.isTextual() || !DIGEST.matcher(node.asText()).matches()) {
            throw refused(RefusalKind.INVALID_FIELD, field, "is " + node + "; expected 64 hex digits");
        }
        return node.asText();
    }

    private static RefusedException refused(RefusalKind kind, String field, String why) {
        return Refusal.of(kind, "field '" + field + "' " + why)
                .with("field", field)
                .asException();
    }
}
