package io.deltacat.client.write;

import com.fasterxml.jackson.databind.JsonNode;
import io.deltacat.client.model.WriteEntry;
import io.deltacat.client.model.WriteEntryBuilder;
import io.deltacat.client.model.WriteSession;
import io.deltacat.format.file.FileStats;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the entries of one write have in common (protocol/data-plane.md §1.6).
 *
 * @param session the session
 * @param contentEncoding outer compression of the files, or null for none
 * @param sorted whether files are sorted by the session's sort scheme
 * @param properties properties of every entry, or empty for none
 * @param guards what the partitions to replace have to be
 */
record EntryTemplate(
        WriteSession session,
        @Nullable String contentEncoding,
        boolean sorted,
        Map<String, JsonNode> properties,
        List<PartitionGuard> guards) {

    WriteEntry entry(String location, FileStats stats, @Nullable List<@Nullable Object> partitionValues) {
        WriteEntryBuilder entry = WriteEntryBuilder.builder(WriteEntries.entry(location, stats, session.sortScheme()))
                .contentEncoding(contentEncoding);
        if (sorted && session.sortScheme() != null) {
            entry.sortSchemeId(text(session.sortScheme().id()));
        }
        if (!properties.isEmpty()) {
            entry.properties(properties);
        }
        if (partitionValues != null) {
            entry.partitionValues(partitionValues);
            if (session.partitionScheme() != null) {
                entry.partitionSchemeId(text(session.partitionScheme().id()));
            }
        }
        guards.stream()
                .filter(guard -> Objects.equals(guard.partitionValues(), partitionValues))
                .findFirst()
                .ifPresent(guard -> guard.applyTo(entry));
        return entry.build();
    }

    private static @Nullable String text(@Nullable JsonNode id) {
        return id == null || id.isNull() ? null : id.asText();
    }
}
