package io.deltacat.server.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.deltacat.client.model.ColumnStatistics;
import io.deltacat.client.model.DataFile;
import io.deltacat.client.model.DataFileBuilder;
import io.deltacat.client.model.ManifestEntry;
import io.deltacat.client.model.ManifestEntryBuilder;
import io.deltacat.client.model.WireJson;
import io.deltacat.server.data.DataRoots;
import io.deltacat.server.store.EntryRow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shows manifest entries as files of a plan and as entries of a listing. Thread-safe. */
final class FileReplies {
    private static final TypeReference<Map<String, ColumnStatistics>> STATISTICS = new TypeReference<>() {};
    private static final JsonMapper MAPPER = WireJson.clientMapper();
    private static final String UNCREDENTIALED = "uncredentialed_manifest_only";
    private static final String NO_ENCODING = "identity";

    private final DataRoots roots;

    FileReplies(DataRoots roots) {
        this.roots = roots;
    }

    /** A file of a plan. */
    DataFile file(
            EntryRow entry,
            String manifestId,
            String contentType,
            boolean statistics,
            @Nullable List<String> columns,
            boolean withoutCredentials) {
        return DataFileBuilder.builder()
                .id(id(manifestId, entry))
                .path(roots.toLocation(entry.path()))
                .mandatory(true)
                .recordCount(entry.recordCount())
                .contentLength(entry.contentLength())
                .sourceContentLength(entry.sourceContentLength())
                .contentType(contentType)
                .contentEncoding(encoding(entry))
                .schemaId(entry.schemaId())
                .sortSchemeId(entry.sortSchemeId())
                .columnStats(statistics ? statistics(entry, columns) : Map.of())
                .credentialStatus(withoutCredentials ? UNCREDENTIALED : null)
                .build();
    }

    /** An entry of a listed manifest. */
    ManifestEntry entry(EntryRow entry, String manifestId, String contentType) {
        return ManifestEntryBuilder.builder()
                .id(id(manifestId, entry))
                .url(roots.toLocation(entry.path()))
                .mandatory(true)
                .recordCount(entry.recordCount())
                .contentLength(entry.contentLength())
                .sourceContentLength(entry.sourceContentLength())
                .contentType(contentType)
                .contentEncoding(encoding(entry))
                .entryType(entry.entryType())
                .schemaId(number(entry.schemaId()))
                .sortSchemeId(entry.sortSchemeId())
                .columnStats(statistics(entry, null))
                .build();
    }

    private static String encoding(EntryRow entry) {
        String encoding = entry.contentEncoding();
        return encoding == null ? NO_ENCODING : encoding;
    }

    /** Listings give the schema's id as a number, plans as they got it. */
    private static @Nullable Long number(@Nullable String schemaId) {
        return schemaId != null && schemaId.matches("-?[0-9]{1,18}") ? Long.valueOf(schemaId) : null;
    }

    private static String id(String manifestId, EntryRow entry) {
        return manifestId + "-" + entry.ordinal();
    }

    /** All statistics of a file. */
    Map<String, ColumnStatistics> statistics(EntryRow entry) {
        return statistics(entry, null);
    }

    private static Map<String, ColumnStatistics> statistics(EntryRow entry, @Nullable List<String> columns) {
        Map<String, ColumnStatistics> all;
        try {
            all = MAPPER.readValue(entry.columnStats(), STATISTICS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("stored column statistics of '" + entry.path() + "' are no JSON", e);
        }
        if (columns == null) {
            return all;
        }
        Map<String, ColumnStatistics> kept = new LinkedHashMap<>();
        all.forEach((column, values) -> {
            if (columns.contains(column)) {
                kept.put(column, values);
            }
        });
        return kept;
    }
}
