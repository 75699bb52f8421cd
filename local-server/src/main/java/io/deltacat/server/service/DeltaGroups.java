package io.deltacat.server.service;

import io.deltacat.client.model.DeltaType;
import io.deltacat.client.model.PartitionScheme;
import io.deltacat.client.model.SchemaField;
import io.deltacat.server.machine.PartitionGuard;
import io.deltacat.server.machine.PartitionRules;
import io.deltacat.server.machine.Refusal;
import io.deltacat.server.machine.RefusalKind;
import io.deltacat.server.machine.RefusedException;
import io.deltacat.server.machine.SchemaSpec;
import io.deltacat.server.store.EntryRow;
import io.deltacat.server.store.EntryRowBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts the entries of a commit into deltas: one per partition written to (protocol/data-plane.md §1.7). Stateless. */
final class DeltaGroups {
    private DeltaGroups() {}

    /**
     * The entries of one partition.
     *
     * @param partitionValues stored form of the values
     * @param partitionSchemeId their scheme; null for an unpartitioned table
     * @param equalityFields columns an upsert or delete compares; empty otherwise
     * @param guard what must be in the place of the partition, if it is replaced
     * @param entries manifest entries, numbered from 0
     */
    record Group(
            String partitionValues,
            @Nullable String partitionSchemeId,
            List<String> equalityFields,
            PartitionGuard guard,
            List<EntryRow> entries) {}

    /**
     * Groups entries by partition, in the order the partitions are first named.
     *
     * @param entries what the commit brings
     * @param destination where they go
     * @return the groups; empty without entries
     * @throws RefusedException naming entry, field and value that do not fit the table
     */
    static List<Group> of(List<CheckedEntry> entries, SessionDestination destination) {
        SchemaSpec schema = destination.schema();
        DeltaType deltaType = destination.deltaType();
        List<SchemaField> fields = schema == null ? List.of() : schema.fields();
        PartitionScheme scheme = destination.version().partitionScheme();
        Map<String, List<CheckedEntry>> byPartition = new LinkedHashMap<>();
        for (CheckedEntry entry : entries) {
            List<@Nullable Object> values = PartitionRules.canonical(
                    scheme, fields, entry.partitionValues(), entry.partitionSchemeId(), entry.field());
            byPartition
                    .computeIfAbsent(PartitionValues.encode(values), key -> new ArrayList<>())
                    .add(entry);
        }
        String schemeId = schemeId(scheme);
        List<Group> groups = new ArrayList<>();
        byPartition.forEach((values, members) -> groups.add(new Group(
                values,
                schemeId,
                equalityFields(members, fields, schema, deltaType),
                guard(members),
                numbered(members, destination.writtenSchemaId()))));
        return groups;
    }

    private static @Nullable String schemeId(@Nullable PartitionScheme scheme) {
        return scheme == null || scheme.keys().isEmpty() || scheme.id() == null
                ? null
                : scheme.id().asText();
    }

    private static PartitionGuard guard(List<CheckedEntry> entries) {
        PartitionGuard agreed = PartitionGuard.NONE;
        for (CheckedEntry entry : entries) {
            PartitionGuard given = entry.guard();
            if (given.expectsSomething()) {
                if (agreed.expectsSomething() && !agreed.equals(given)) {
                    throw Refusal.of(
                                    RefusalKind.INVALID_REQUEST,
                                    "field '" + entry.field()
                                            + "' expects something else of its partition than an earlier entry; send the"
                                            + " same guard with all entries of a partition")
                            .with("field", entry.field())
                            .asException();
                }
                agreed = given;
            }
        }
        return agreed;
    }

    private static List<String> equalityFields(
            List<CheckedEntry> entries, List<SchemaField> fields, @Nullable SchemaSpec schema, DeltaType deltaType) {
        List<String> mergeKeys = schema == null ? List.of() : schema.mergeKeys();
        List<String> agreed = List.of();
        for (CheckedEntry entry : entries) {
            List<String> given = entry.equalityFields();
            if (given.isEmpty()) {
                given = deltaType.needsMerge() ? mergeKeys : List.of();
            } else {
                checkEqualityFields(entry, given, fields, mergeKeys, deltaType);
            }
            if (!agreed.isEmpty() && !agreed.equals(given)) {
                throw refused(
                        entry,
                        "is " + given + ", but an earlier entry of the same partition has " + agreed
                                + "; commit them in two sessions");
            }
            agreed = given;
        }
        return agreed;
    }

    private static void checkEqualityFields(
            CheckedEntry entry,
            List<String> given,
            List<SchemaField> fields,
            List<String> mergeKeys,
            DeltaType deltaType) {
        if (!deltaType.needsMerge()) {
            throw refused(entry, "is " + given + ", but this write merges nothing; leave it out");
        }
        if (deltaType == DeltaType.UPSERT && !new LinkedHashSet<>(given).equals(new LinkedHashSet<>(mergeKeys))) {
            throw refused(entry, "is " + given + ", but the table's merge keys are " + mergeKeys + "; leave it out");
        }
        for (String column : given) {
            if (fields.stream().noneMatch(field -> column.equals(field.name()))) {
                throw refused(entry, "names column '" + column + "', which the table does not have; correct the name");
            }
        }
    }

    private static List<EntryRow> numbered(List<CheckedEntry> entries, @Nullable Long schemaId) {
        String sessionSchema = schemaId == null ? null : schemaId.toString();
        List<EntryRow> rows = new ArrayList<>(entries.size());
        for (CheckedEntry entry : entries) {
            EntryRow row = entry.row();
            rows.add(EntryRowBuilder.builder(row)
                    .ordinal(rows.size())
                    .schemaId(row.schemaId() == null ? sessionSchema : row.schemaId())
                    .build());
        }
        return rows;
    }

    private static RefusedException refused(CheckedEntry entry, String why) {
        String field = entry.field() + ".entry_params.equality_field_locators";
        return Refusal.of(RefusalKind.INVALID_REQUEST, "field '" + field + "' " + why)
                .with("field", field)
                .asException();
    }
}
