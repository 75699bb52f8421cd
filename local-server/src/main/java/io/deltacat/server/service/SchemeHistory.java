package io.deltacat.server.service;

import io.deltacat.client.model.PartitionScheme;
import io.deltacat.client.model.SortScheme;
import io.deltacat.server.machine.ConflictRules;
import io.deltacat.server.machine.Refusal;
import io.deltacat.server.machine.RefusalKind;
import io.deltacat.server.machine.RefusedException;
import io.deltacat.server.machine.StagedDelta;
import io.deltacat.server.store.ReadView;
import io.deltacat.server.store.TableVersionRow;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The partition and sort schemes a table version has and had, by id: files of old schemes stay. */
final class SchemeHistory {
    private SchemeHistory() {}

    /** All partition schemes up to the snapshot, oldest first. */
    static Map<String, PartitionScheme> partitionSchemes(ReadView view, TableVersionRow version) {
        Map<String, PartitionScheme> schemes = new LinkedHashMap<>();
        for (TableVersionRow state : view.catalog().history(version.tableId(), version.tableVersion())) {
            PartitionScheme scheme = state.partitionScheme();
            if (scheme != null && scheme.id() != null) {
                schemes.put(scheme.id().asText(), scheme);
            }
        }
        return schemes;
    }

    /** All sort schemes up to the snapshot, oldest first. */
    static Map<String, SortScheme> sortSchemes(ReadView view, TableVersionRow version) {
        Map<String, SortScheme> schemes = new LinkedHashMap<>();
        for (TableVersionRow state : view.catalog().history(version.tableId(), version.tableVersion())) {
            SortScheme scheme = state.sortScheme();
            if (scheme != null && scheme.id() != null) {
                schemes.put(scheme.id().asText(), scheme);
            }
        }
        return schemes;
    }

    /** Refuses a partition scheme under the id of another one. */
    static void requireOwnId(ReadView view, TableVersionRow version, String field, @Nullable PartitionScheme scheme) {
        if (scheme != null && scheme.id() != null) {
            String id = scheme.id().asText();
            PartitionScheme known = partitionSchemes(view, version).getOrDefault(id, scheme);
            if (!known.keys().equals(scheme.keys())) {
                throw taken(field, id);
            }
        }
    }

    /** Refuses a sort scheme under the id of another one. */
    static void requireOwnId(ReadView view, TableVersionRow version, String field, @Nullable SortScheme scheme) {
        if (scheme != null && scheme.id() != null) {
            String id = scheme.id().asText();
            SortScheme known = sortSchemes(view, version).getOrDefault(id, scheme);
            if (!known.keys().equals(scheme.keys())) {
                throw taken(field, id);
            }
        }
    }

    /**
     * Refuses to publish into the partitions of a scheme that another commit replaced meanwhile: rows of a table with merge keys
     * would no longer meet their updates.
     */
    static void requireCurrent(ReadView view, List<StagedDelta> staged, String transactionId) {
        Set<String> checked = new HashSet<>();
        for (StagedDelta delta : staged) {
            String version = delta.tableId() + '\n' + delta.tableVersion() + '\n' + delta.partitionSchemeId();
            if (!checked.add(version)) {
                continue;
            }
            boolean current = view.catalog()
                    .version(delta.tableId(), delta.tableVersion())
                    .filter(row -> Objects.equals(delta.partitionSchemeId(), id(row.partitionScheme())))
                    .isPresent();
            if (!current) {
                String table = view.catalog()
                        .tableById(delta.tableId())
                        .map(row -> row.namespace() + "." + row.name())
                        .orElse(delta.tableId());
                throw ConflictRules.lost(table, transactionId, "").asException();
            }
        }
    }

    private static @Nullable String id(@Nullable PartitionScheme scheme) {
        return scheme == null || scheme.keys().isEmpty() || scheme.id() == null
                ? null
                : scheme.id().asText();
    }

    private static RefusedException taken(String field, String id) {
        return Refusal.of(
                        RefusalKind.ALREADY_EXISTS,
                        "field '" + field + ".id' is '" + id
                                + "', which the table version has for another scheme; leave the id out")
                .with("field", field + ".id")
                .asException();
    }
}
