package io.deltacat.server.service;

import com.fasterxml.jackson.databind.JsonNode;
import io.deltacat.client.model.ColumnStatistics;
import io.deltacat.client.model.WriteEntry;
import io.deltacat.server.data.DataFiles;
import io.deltacat.server.data.DataRoots;
import io.deltacat.server.machine.Refusal;
import io.deltacat.server.machine.RefusalKind;
import io.deltacat.server.machine.RefusedException;
import io.deltacat.server.machine.WriteMode;
import io.deltacat.server.store.EntryRow;
import io.deltacat.server.store.EntryRowBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Checks the entries of a commit and looks at their files, before the store is touched. Thread-safe. */
final class EntryChecks {
    /** JSON readers of other languages lose digits beyond; it also keeps sums of many entries inside a long. */
    private static final long LARGEST_EXACT_JSON_NUMBER = 1L << 53;

    private static final Set<String> ENCODINGS = Set.of("identity", "gzip", "deflate", "zstd", "bzip2", "snappy");
    private static final String DATA_ENTRY = "data";
    private static final String EQUALITY_FIELDS = "equality_field_locators";

    private final DataRoots roots;

    EntryChecks(DataRoots roots) {
        this.roots = roots;
    }

    /**
     * Checks all entries.
     *
     * @param entries as the client sent them
     * @param dataDirectory absolute directory of the session
     * @param externalEntries whether files may lie elsewhere
     * @param mode how the session writes
     * @return the entries, in order
     * @throws RefusedException naming entry, field and value
     */
    List<CheckedEntry> check(List<WriteEntry> entries, String dataDirectory, boolean externalEntries, WriteMode mode) {
        List<CheckedEntry> checked = new ArrayList<>(entries.size());
        Set<String> paths = new HashSet<>();
        for (int i = 0; i < entries.size(); i++) {
            WriteEntry entry = entries.get(i);
            if (entry == null) {
                throw refused(RefusalKind.INVALID_FIELD, i, "", "is null; expected an object");
            }
            String path = entry.path();
            if (path == null || path.isBlank()) {
                throw refused(RefusalKind.INVALID_FIELD, i, ".path", "is missing; expected the file's location");
            }
            if (!paths.add(path)) {
                throw refused(
                        RefusalKind.INVALID_FIELD,
                        i,
                        ".path",
                        "is '" + path + "', as in an earlier entry; send it once");
            }
            long records = required(i, ".record_count", entry.recordCount());
            long length = required(i, ".content_length", entry.contentLength());
            checkKind(i, entry);
            checkStatistics(i, entry.columnStats(), records);
            checkFile(i, path, length, dataDirectory, externalEntries);
            checked.add(new CheckedEntry(
                    i,
                    row(i, entry, path, records, length),
                    entry.partitionValues(),
                    entry.partitionSchemeId(),
                    equalityFields(i, entry),
                    GuardBodies.of(entry, "entries[" + i + "]", mode),
                    null));
        }
        return checked;
    }

    private EntryRow row(int index, WriteEntry entry, String path, long records, long length) {
        return EntryRowBuilder.builder()
                .ordinal(index)
                .path(roots.toStored(path))
                .recordCount(records)
                .contentLength(length)
                .sourceContentLength(entry.sourceContentLength())
                .contentEncoding(entry.contentEncoding())
                .schemaId(entry.schemaId())
                .sortSchemeId(entry.sortSchemeId())
                .entryType(entry.entryType() == null ? DATA_ENTRY : entry.entryType())
                .columnStats(ReplyCodec.encode(entry.columnStats()))
                .properties(entry.properties() == null ? null : ReplyCodec.encode(entry.properties()))
                .build();
    }

    private static void checkKind(int index, WriteEntry entry) {
        String type = entry.entryType();
        if (type != null && !type.equals(DATA_ENTRY)) {
            throw refused(
                    RefusalKind.UNSUPPORTED, index, ".entry_type", "is '" + type + "'; this server takes 'data' only");
        }
        String encoding = entry.contentEncoding();
        if (encoding != null && !ENCODINGS.contains(encoding)) {
            throw refused(
                    RefusalKind.INVALID_FIELD,
                    index,
                    ".content_encoding",
                    "is '" + encoding + "'; expected one of "
                            + ENCODINGS.stream().sorted().toList());
        }
        String root = entry.dataRootName();
        if (root != null && !root.equals(DataRoots.MANAGED_ROOT)) {
            throw refused(
                    RefusalKind.NOT_FOUND,
                    index,
                    ".data_root_name",
                    "is '" + root + "'; this catalog has '" + DataRoots.MANAGED_ROOT + "'");
        }
        if (entry.bindingRevision() != null) {
            throw refused(
                    RefusalKind.UNSUPPORTED,
                    index,
                    ".binding_revision",
                    "is " + entry.bindingRevision() + "; this server has no storage bindings, leave it out");
        }
        if (entry.storageBindingName() != null) {
            throw refused(
                    RefusalKind.UNSUPPORTED,
                    index,
                    ".storage_binding_name",
                    "is '" + entry.storageBindingName() + "'; this server has no storage bindings, leave it out");
        }
    }

    private static List<String> equalityFields(int index, WriteEntry entry) {
        Map<String, JsonNode> parameters = entry.entryParams();
        JsonNode given = parameters == null ? null : parameters.get(EQUALITY_FIELDS);
        if (given == null || given.isNull()) {
            return List.of();
        }
        List<String> names = new ArrayList<>();
        for (JsonNode name : given) {
            names.add(name.asText());
        }
        boolean texts = given.isArray()
                && StreamSupport.stream(given.spliterator(), false).allMatch(JsonNode::isTextual);
        if (!texts || new HashSet<>(names).size() != names.size()) {
            throw refused(
                    RefusalKind.INVALID_FIELD,
                    index,
                    ".entry_params." + EQUALITY_FIELDS,
                    "is " + given + "; expected a list of different column names");
        }
        return names;
    }

    private static void checkStatistics(int index, Map<String, ColumnStatistics> statistics, long records) {
        statistics.forEach((column, values) -> {
            if (values == null) {
                throw refused(
                        RefusalKind.INVALID_FIELD,
                        index,
                        ".column_stats." + column,
                        "is null; expected {min, max, null_count} or leave the column out");
            }
            Long nulls = values.nullCount();
            if (nulls != null && (nulls < 0 || nulls > records)) {
                throw refused(
                        RefusalKind.INVALID_FIELD,
                        index,
                        ".column_stats." + column + ".null_count",
                        "is " + nulls + "; expected 0 to the record_count " + records);
            }
        });
    }

    private static void checkFile(int index, String path, long length, String dataDirectory, boolean externalEntries) {
        boolean inside = DataFiles.isInside(path, dataDirectory);
        if (!inside && !externalEntries) {
            throw refused(
                    RefusalKind.INVALID_REQUEST,
                    index,
                    ".path",
                    "is '" + path + "', outside the session's data_dir '" + dataDirectory
                            + "'; write it there or open the session with allow_external_entries");
        }
        Optional<Path> local = DataRoots.localPath(path);
        if (local.isEmpty()) {
            if (!path.contains("://")) {
                throw refused(
                        RefusalKind.INVALID_FIELD,
                        index,
                        ".path",
                        "is '" + path + "'; expected an absolute path or a URI");
            }
            return;
        }
        OptionalLong actual = DataFiles.length(local.get());
        if (actual.isEmpty()) {
            throw refused(
                    RefusalKind.INVALID_REQUEST,
                    index,
                    ".path",
                    "is '" + path + "', but no readable file is there; write the file before the commit");
        }
        if (actual.getAsLong() >= 0 && actual.getAsLong() != length) {
            throw refused(
                    RefusalKind.INVALID_REQUEST,
                    index,
                    ".content_length",
                    "is " + length + ", but file '" + path + "' has " + actual.getAsLong()
                            + " bytes; finish the file before the commit");
        }
    }

    private static long required(int index, String field, @Nullable Long value) {
        if (value == null || value < 0 || value > LARGEST_EXACT_JSON_NUMBER) {
            throw refused(
                    RefusalKind.INVALID_FIELD,
                    index,
                    field,
                    (value == null ? "is missing" : "is " + value) + "; expected a number from 0 to "
                            + LARGEST_EXACT_JSON_NUMBER);
        }
        return value;
    }

    private static RefusedException refused(RefusalKind kind, int index, String field, String why) {
        String name = "entries[" + index + "]" + field;
        return Refusal.of(kind, "field '" + name + "' " + why)
                .with("field", name)
                .asException();
    }
}
