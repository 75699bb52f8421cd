package io.deltacat.server.service;

import org.jspecify.annotations.Nullable;

/**
 * Sums over a plan. With files they count what the plan's filter keeps, whatever page is asked for; without files they come from
 * the statistics of the partitions that the filter keeps.
 *
 * @param files files
 * @param records rows of these files, before any merge
 * @param bytes stored bytes
 * @param returnedFiles files in this page
 * @param truncated whether there are files after this page
 * @param nextFileOffset where the next page begins; null if there is none
 */
public record PlanTotals(
        long files,
        long records,
        long bytes,
        long returnedFiles,
        boolean truncated,
        @Nullable Long nextFileOffset) {}
