package io.deltacat.server.machine;

import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

/**
 * A write session. Immutable; changed by {@link SessionMachine} only. Times are nanoseconds since the epoch.
 *
 * @param sessionId id
 * @param sessionVersion fence; grows with every change
 * @param status where it stands
 * @param commitStatus how far its commit got; null before
 * @param target the table version
 * @param mode how it writes
 * @param format short content type of its files
 * @param layout layout name the caller gave; null if none
 * @param dataDirectory directory of its files, relative to the managed data root
 * @param externalEntries whether entries may lie outside the data directory
 * @param openKey hash under which an open session is handed out again; null without key
 * @param writeOnce what makes it the one write of its key; null for a session like others
 * @param expectedTableId table id the caller pinned; null if none
 * @param transactionId transaction it is bound to; null if it stands alone
 * @param tableSpec table to create at commit; null if none
 * @param createdAt when it was opened
 * @param expiresAt when it ends without heartbeat
 * @param lastHeartbeatAt last sign of life
 * @param commitOperationId operation of its commit; null before
 * @param commitTransactionId transaction that made it visible; null before
 * @param result what it brought in; null before its commit
 * @param reason why it was aborted; null unless told
 */
@RecordBuilder
public record SessionState(
        String sessionId,
        long sessionVersion,
        SessionStatus status,
        @Nullable CommitStatus commitStatus,
        TableTarget target,
        WriteMode mode,
        String format,
        @Nullable String layout,
        String dataDirectory,
        boolean externalEntries,
        @Nullable String openKey,
        @Nullable WriteOnce writeOnce,
        @Nullable String expectedTableId,
        @Nullable String transactionId,
        @Nullable TableSpec tableSpec,
        long createdAt,
        long expiresAt,
        long lastHeartbeatAt,
        @Nullable String commitOperationId,
        @Nullable String commitTransactionId,
        @Nullable CommitResult result,
        @Nullable String reason)
        implements SessionStateBuilder.With {}
