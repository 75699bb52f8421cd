package io.deltacat.client.model;

import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Reply {@code ThinClientStorageBindingIdentityResponse} of the wire protocol (openapi-0.1.67.json). Closed: a server refuses keys it does not know.
 */
@RecordBuilder
public record StorageBindingIdentity(
        String bindingId, String name, @Nullable Long bindingRevision) {}
