package io.deltacat.server.service;

import io.deltacat.client.model.WriteSessionCreateRequest;
import io.deltacat.server.data.DataRoots;
import io.deltacat.server.machine.Refusal;
import io.deltacat.server.machine.RefusalKind;
import io.deltacat.server.machine.RefusedException;
import io.deltacat.server.machine.WriteMode;
import org.jspecify.annotations.Nullable;

/** Checks a request for a session by itself, before any table is looked at. Stateless. */
final class SessionRequests {
    private SessionRequests() {}

    /** The mode. */
    static WriteMode mode(String wireName) {
        return WriteMode.of(wireName)
                .orElseThrow(() -> Refusal.of(
                                RefusalKind.INVALID_FIELD,
                                "field 'mode' is '" + wireName + "'; expected one of " + WriteMode.wireNames())
                        .with("field", "mode")
                        .asException());
    }

    /** Refuses what does not fit together or is not there. */
    static void check(WriteSessionCreateRequest request) {
        ContentTypes.check("format", request.format());
        if (request.stagedStreamId() != null) {
            throw refused(
                    RefusalKind.UNSUPPORTED,
                    "staged_stream_id",
                    "is '" + request.stagedStreamId()
                            + "'; this server makes no hidden streams that could be written to, leave it out");
        }
        String root = request.root();
        if (root != null && !root.equals(DataRoots.MANAGED_ROOT)) {
            throw refused(
                    RefusalKind.NOT_FOUND,
                    "root",
                    "is '" + root + "'; this catalog has '" + DataRoots.MANAGED_ROOT + "'");
        }
        if (request.transactionId() == null && request.transactionVersion() != null) {
            throw refused(
                    RefusalKind.INVALID_REQUEST,
                    "transaction_version",
                    "comes without 'transaction_id'; send both or none");
        }
        if (request.transactionId() != null && request.transactionVersion() == null) {
            throw refused(
                    RefusalKind.INVALID_REQUEST,
                    "transaction_version",
                    "is missing beside 'transaction_id'; send both or none");
        }
    }

    /** The transaction the session is bound to; null for none. */
    static @Nullable TransactionReference transaction(WriteSessionCreateRequest request) {
        String id = request.transactionId();
        Long version = request.transactionVersion();
        return id == null || version == null ? null : new TransactionReference(id, version);
    }

    /** The key under which an open session is handed out again; null without one. */
    static @Nullable String openKey(String catalog, String namespace, String table, WriteSessionCreateRequest request) {
        String writeKey = request.writeKey();
        if (writeKey == null) {
            return null;
        }
        return ReplyCodec.digest(String.join(
                "\u0000",
                catalog,
                namespace,
                table,
                String.valueOf(request.tableVersion()),
                request.mode(),
                request.format(),
                String.valueOf(request.layout()),
                Boolean.toString(request.allowExternalEntries()),
                String.valueOf(request.transactionId()),
                String.valueOf(request.ownerKey()),
                writeKey));
    }

    private static RefusedException refused(RefusalKind kind, String field, String why) {
        return Refusal.of(kind, "field '" + field + "' " + why)
                .with("field", field)
                .asException();
    }
}
