package io.deltacat.server.service;

import io.deltacat.server.machine.Refusal;
import io.deltacat.server.machine.RefusalKind;
import io.deltacat.server.machine.RefusedException;

/** Refusals for names that lead nowhere. */
final class Missing {
    private Missing() {}

    static RefusedException namespace(String namespace) {
        return Refusal.of(
                        RefusalKind.NOT_FOUND,
                        "namespace '" + namespace + "' does not exist; create it or correct the name")
                .with("namespace", namespace)
                .asException();
    }

    static RefusedException table(String namespace, String table) {
        return Refusal.of(
                        RefusalKind.NOT_FOUND,
                        "table '" + namespace + "." + table + "' does not exist; create it or correct the name")
                .with("namespace", namespace)
                .with("table", table)
                .asException();
    }

    static RefusedException version(String namespace, String table, String tableVersion) {
        return Refusal.of(
                        RefusalKind.NOT_FOUND,
                        "table '" + namespace + "." + table + "' has no version '" + tableVersion
                                + "'; list its versions")
                .with("namespace", namespace)
                .with("table", table)
                .with("table_version", tableVersion)
                .asException();
    }

    static RefusedException defaultVersion(String namespace, String table) {
        return Refusal.of(
                        RefusalKind.NOT_FOUND,
                        "table '" + namespace + "." + table
                                + "' has no version that is not deleted; name a table_version or create a new one")
                .with("namespace", namespace)
                .with("table", table)
                .asException();
    }

    static RefusedException stream(String streamId) {
        return Refusal.of(RefusalKind.NOT_FOUND, "stream '" + streamId + "' does not exist here; list the streams")
                .with("stream_id", streamId)
                .asException();
    }

    static RefusedException partition(String partitionId) {
        return Refusal.of(
                        RefusalKind.NOT_FOUND,
                        "partition '" + partitionId + "' does not exist in this stream; list the partitions")
                .with("partition_id", partitionId)
                .asException();
    }

    static RefusedException delta(long streamPosition) {
        return Refusal.of(
                        RefusalKind.NOT_FOUND,
                        "the partition has no delta at stream_position " + streamPosition + "; list the deltas")
                .with("stream_position", streamPosition)
                .asException();
    }

    static RefusedException session(String sessionId) {
        return Refusal.of(RefusalKind.NOT_FOUND, "write session '" + sessionId + "' does not exist; open a new one")
                .with("session_id", sessionId)
                .asException();
    }
}
