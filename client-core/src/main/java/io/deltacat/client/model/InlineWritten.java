package io.deltacat.client.model;

import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Reply {@code WriteDataResponse} of the wire protocol (openapi-0.1.67.json).
 *
 * @param table name of the table
 * @param records rows written
 * @param deltasWritten deltas committed
 * @param written whether anything was
 */
@RecordBuilder
public record InlineWritten(
        String table,
        long records,
        long deltasWritten,
        @Nullable Boolean written) {}
