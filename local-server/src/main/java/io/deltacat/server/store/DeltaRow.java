package io.deltacat.server.store;

import io.deltacat.client.model.DeltaType;
import io.deltacat.server.machine.StagedDelta;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A committed delta.
 *
 * @param partitionKey its partition
 * @param streamPosition its position
 * @param deltaKey key of its manifest entries
 * @param previousStreamPosition position of the ordered delta before it; null for the first and for unordered ones
 * @param deltaType kind of rows
 * @param createdAt commit time
 * @param transactionId transaction that committed it
 * @param sessionId session that wrote it; {@link #NO_SESSION} for a compacted delta
 * @param manifestId id of its manifest
 * @param contentType short content type
 * @param entryCount files
 * @param recordCount rows
 * @param contentLength stored bytes
 * @param fingerprint digest over its entries
 * @param equalityFields merge keys of an upsert or delete; empty otherwise
 */
public record DeltaRow(
        long partitionKey,
        long streamPosition,
        long deltaKey,
        @Nullable Long previousStreamPosition,
        DeltaType deltaType,
        long createdAt,
        String transactionId,
        String sessionId,
        String manifestId,
        String contentType,
        long entryCount,
        long recordCount,
        long contentLength,
        String fingerprint,
        List<String> equalityFields) {
    /** In place of a session for deltas that hold what others wrote. */
    public static final String NO_SESSION = "";

    /**
     * A staged delta at a place and time.
     *
     * @param delta what was staged
     * @param place where it is
     * @param createdAt commit time
     * @param transactionId transaction that commits it
     * @return the row
     */
    public static DeltaRow of(StagedDelta delta, StagedDelta.Place place, long createdAt, String transactionId) {
        return new DeltaRow(
                place.partitionKey(),
                place.streamPosition(),
                delta.deltaKey(),
                place.previousStreamPosition(),
                delta.deltaType(),
                createdAt,
                transactionId,
                delta.sessionId(),
                delta.manifestId(),
                delta.contentType(),
                delta.entryCount(),
                delta.recordCount(),
                delta.contentLength(),
                delta.fingerprint(),
                delta.equalityFields());
    }
}
