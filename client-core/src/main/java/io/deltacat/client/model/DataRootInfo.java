package io.deltacat.client.model;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place where a catalog keeps files. Wire name {@code ThinClientDataRootInfoResponse}.
 *
 * @param root location prefix of its files
 * @param endpointUrl endpoint of an S3-compatible store, null for the default
 * @param storageType such as {@code local} or {@code s3}; null on some servers
 * @param usage such as {@code managed_write}; null means that
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
