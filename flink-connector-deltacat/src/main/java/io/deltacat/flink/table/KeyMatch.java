package io.deltacat.flink.table;

import io.deltacat.flink.source.ChangelogMode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.table.api.ValidationException;

/** Compares the declared primary key with the merge keys of a table that is read. Pure. */
final class KeyMatch {
    private final TableSettings settings;
    private final TableLookup.Found table;
    private final List<String> primaryKey;

    KeyMatch(TableSettings settings, TableLookup.Found table, List<String> primaryKey) {
        this.settings = settings;
        this.table = table;
        this.primaryKey = primaryKey;
    }

    /**
     * Checks that what the planner was told about changes holds.
     *
     * @throws ValidationException naming both keys
     */
    void checkReadable() {
        ScanSettings scan = settings.scan();
        Set<String> mergeKeys = new LinkedHashSet<>(table.mergeKeys());
        if (scan.changes().changelogMode() == ChangelogMode.APPEND_ONLY) {
            if (!primaryKey.isEmpty()) {
                throw refusal(
                        "PRIMARY KEY " + primaryKey
                                + " is declared but 'scan.changelog.mode' is 'append-only', where rows of one key come "
                                + "again and again; expected no primary key. Remove it, or use 'scan.changelog.mode' = 'upsert'.");
            }
            return;
        }
        if (mergeKeys.isEmpty()) {
            if (!primaryKey.isEmpty() && !scan.range().isSnapshot()) {
                throw refusal("PRIMARY KEY " + primaryKey
                        + " is declared but the table has no merge keys; expected none. Remove the PRIMARY KEY.");
            }
            return;
        }
        if (primaryKey.isEmpty() && scan.range().isSnapshot()) {
            return;
        }
        if (scan.range().isBounded() && !scan.range().isSnapshot() && scan.batch()) {
            throw refusal(
                    "the table has merge keys " + table.mergeKeys()
                            + ", so what happened between two times are changes, which batch mode cannot read; expected a "
                            + "snapshot. Use 'scan.startup.mode' = 'full', 'scan.changelog.mode' = 'append-only', or streaming mode.");
        }
        Set<String> withPartitions = new LinkedHashSet<>(mergeKeys);
        withPartitions.addAll(table.partitionColumns());
        Set<String> declared = Set.copyOf(primaryKey);
        if (!declared.equals(mergeKeys) && !declared.equals(withPartitions)) {
            throw refusal("the table has merge keys " + table.mergeKeys() + ", whose rows are changed and deleted, and "
                    + (primaryKey.isEmpty() ? "no PRIMARY KEY" : "PRIMARY KEY " + primaryKey)
                    + " is declared; expected the merge keys. Declare PRIMARY KEY ("
                    + String.join(", ", mergeKeys)
                    + ") NOT ENFORCED, or read deltas as they are with 'scan.changelog.mode' = 'append-only'.");
        }
    }

    private ValidationException refusal(String problem) {
        return new ValidationException(
                "Table " + settings.name() + ", DeltaCAT table '" + settings.table() + "': " + problem);
    }
}
