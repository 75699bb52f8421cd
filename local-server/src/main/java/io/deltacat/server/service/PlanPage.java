package io.deltacat.server.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.deltacat.client.model.DataFile;
import io.deltacat.client.model.ScanTask;
import io.deltacat.client.model.ScanTaskBuilder;
import io.deltacat.server.store.DeltaRow;
import io.deltacat.server.store.EntryRow;
import io.deltacat.server.store.PartitionRow;
import io.deltacat.server.store.ReadView;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes the scan tasks of one page of a plan, delta after delta in commit order, without holding more than one delta's files.
 * Confined to one request.
 */
final class PlanPage {
    private static final int DELTA_PAGE = 500;

    private final ReadView view;
    private final FileReplies files;
    private final PlanQuery query;
    private long toSkip;
    private long toReturn;

    PlanPage(ReadView view, FileReplies files, PlanQuery query) {
        this.view = view;
        this.files = files;
        this.query = query;
        this.toSkip = query.fileOffset();
        Long limit = query.maxFiles();
        this.toReturn = limit == null ? Long.MAX_VALUE : limit;
    }

    void write(String streamId, List<PartitionRow> partitions, PlanSink sink) throws IOException {
        for (PartitionRow partition : partitions) {
            writePartition(streamId, partition, sink);
        }
    }

    private void writePartition(String streamId, PartitionRow partition, PlanSink sink) throws IOException {
        long afterTime = -1;
        long afterPosition = 0;
        while (toReturn > 0) {
            List<DeltaRow> deltas =
                    view.deltas().deltasByCommit(partition.partitionKey(), afterTime, afterPosition, DELTA_PAGE);
            for (DeltaRow delta : deltas) {
                afterTime = delta.createdAt();
                afterPosition = delta.streamPosition();
                Range range = take(delta.entryCount());
                if (range.limit() > 0) {
                    sink.task(task(streamId, partition, delta, range));
                }
            }
            if (deltas.size() < DELTA_PAGE) {
                return;
            }
        }
    }

    /** The part of a delta's files that falls into the page. */
    private Range take(long entryCount) {
        long skipped = Math.min(toSkip, entryCount);
        toSkip -= skipped;
        long taken = Math.min(toReturn, entryCount - skipped);
        toReturn -= taken;
        return new Range(skipped, taken);
    }

    private ScanTask task(String streamId, PartitionRow partition, DeltaRow delta, Range range) {
        return ScanTaskBuilder.builder()
                .streamId(streamId)
                .partitionId(partition.partitionId())
                .partitionValues(PartitionValues.decode(partition.partitionValues()))
                .partitionSchemeId(partition.partitionSchemeId())
                .deltaType(delta.deltaType().wireName())
                .streamPosition(delta.streamPosition())
                .previousStreamPosition(delta.previousStreamPosition())
                .entryParams(entryParams(delta.equalityFields()))
                .files(dataFiles(delta.deltaKey(), delta.manifestId(), delta.contentType(), range))
                .build();
    }

    private List<DataFile> dataFiles(long deltaKey, String manifestId, String contentType, Range range) {
        List<EntryRow> entries = view.deltas().entries(deltaKey, range.skip(), Math.toIntExact(range.limit()));
        return entries.stream()
                .map(entry -> files.file(entry, manifestId, contentType, query.includeColumnStats(), query.columns()))
                .toList();
    }

    private static @Nullable Map<String, JsonNode> entryParams(List<String> equalityFields) {
        if (equalityFields.isEmpty()) {
            return null;
        }
        ArrayNode names = JsonNodeFactory.instance.arrayNode();
        equalityFields.forEach(names::add);
        return Map.of("equality_field_locators", names);
    }

    private record Range(long skip, long limit) {}
}
