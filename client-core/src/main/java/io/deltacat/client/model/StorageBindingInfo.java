package io.deltacat.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Reply {@code ThinClientStorageBindingInfoResponse} of the wire protocol (openapi-0.1.67.json).
 */
@RecordBuilder
public record StorageBindingInfo(
        String bindingId,
        String name,
        @Nullable Long bindingRevision,
        @Nullable JsonNode credentialSource,
        @Nullable String dynamodbEndpointUrl,
        @Nullable String endpointUrl,
        @Nullable String region,
        @Nullable String root,
        @Nullable String storageClass,
        @Nullable String storageType,
        @Nullable String uriScheme) {}
