package io.deltacat.client.model;

import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Reply {@code SystemJobSubmitResponse} of the wire protocol (openapi-0.1.67.json).
 *
 * @param jobType kind of job
 * @param submitted whether a job was made
 * @param jobId the job, or null
 * @param message why not, or null
 */
@RecordBuilder
public record SystemJobSubmitted(
        String jobType,
        boolean submitted,
        @Nullable String jobId,
        @Nullable String message) {}
