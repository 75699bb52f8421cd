package io.deltacat.server.machine;

import io.deltacat.client.model.CommittedDeltaLocator;
import java.util.List;

/**
 * What a session brought in. Immutable.
 *
 * @param deltasWritten deltas, one per partition written to
 * @param filesRegistered manifest entries
 * @param totalRecords rows
 * @param totalBytes stored bytes
 * @param locators where the deltas are; empty until they are visible
 */
public record CommitResult(
        long deltasWritten,
        long filesRegistered,
        long totalRecords,
        long totalBytes,
        List<CommittedDeltaLocator> locators) {
    /** Copies the locators. */
    public CommitResult {
        locators = List.copyOf(locators);
    }

    /** The same result with the places of its deltas. */
    public CommitResult located(List<CommittedDeltaLocator> places) {
        return new CommitResult(deltasWritten, filesRegistered, totalRecords, totalBytes, places);
    }
}
