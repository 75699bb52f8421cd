package io.deltacat.client.model;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reply {@code ThinClientDataRootInfoResponse} of the wire protocol (openapi-0.1.67.json).
 */
@RecordBuilder
public record DataRootInfo(
        String root,
        @Nullable String bindingId,
        @Nullable Long bindingRevision,
        @Nullable String endpointUrl,
        @Nullable String region,
        @Nullable String rootId,
        @Nullable List<String> serverSideS3CopyTrustedDestBindingIds,
        @Nullable List<String> serverSideS3CopyTrustedSourceBindingIds,
        @Nullable String storageType,
        @Nullable List<String> usage) {

    /** Copies collections; an absent collection that the protocol does not let be null is empty. */
    public DataRootInfo {
        serverSideS3CopyTrustedDestBindingIds = Copies.nullableList(serverSideS3CopyTrustedDestBindingIds);
        serverSideS3CopyTrustedSourceBindingIds = Copies.nullableList(serverSideS3CopyTrustedSourceBindingIds);
        usage = Copies.nullableList(usage);
    }
}
