package io.deltacat.server.machine;

import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The table version a session writes to. Immutable.
 *
 * @param namespace name
 * @param table name
 * @param requestedVersion the version the caller asked for; null for the latest
 * @param tableId null while the table is missing
 * @param tableVersion null while the table is missing
 * @param schemaId schema when the session was opened; null without schema or while the table is missing
 * @param existed whether the table was there when the session was opened
 */
@RecordBuilder
public record TableTarget(
        String namespace,
        String table,
        @Nullable String requestedVersion,
        @Nullable String tableId,
        @Nullable String tableVersion,
        @Nullable Long schemaId,
        boolean existed)
        implements TableTargetBuilder.With {}
