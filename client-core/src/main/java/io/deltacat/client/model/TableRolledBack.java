package io.deltacat.client.model;

import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Reply {@code RollbackResponse} of the wire protocol (openapi-0.1.67.json).
 *
 * @param asOf nanoseconds since the epoch: the contents are those of just before this time
 */
@RecordBuilder
public record TableRolledBack(
        String table, boolean rolledBack, @Nullable Long asOf) {}
