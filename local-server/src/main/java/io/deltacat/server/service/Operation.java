package io.deltacat.server.service;

import io.deltacat.server.machine.Refusal;
import io.deltacat.server.machine.RefusalKind;
import io.deltacat.server.store.Snapshot;
import io.deltacat.server.store.StoredReply;
import io.deltacat.server.store.WriteUnit;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes a mutation happen once per operation id: the reply is stored in the same commit and given again, byte for byte, whenever
 * the operation comes again.
 *
 * @param scope what the id is unique in
 * @param operationId the caller's id; null for a mutation that cannot be repeated
 * @param requestDigest digest of what was asked; the same id with another digest is refused
 */
public record Operation(String scope, @Nullable String operationId, String requestDigest) {
    /**
     * A mutation without id.
     *
     * @return an operation that is never replayed
     */
    public static Operation unkeyed() {
        return new Operation("", null, "");
    }

    /**
     * Runs the mutation, or gives its earlier reply.
     *
     * @param unit the change it runs in
     * @param work the mutation; returns the reply record
     * @return the reply's JSON
     * @throws io.deltacat.server.machine.RefusedException if the id was used for another request
     */
    String once(WriteUnit unit, Supplier<Object> work) {
        String id = operationId;
        if (id == null) {
            return ReplyCodec.encode(work.get());
        }
        Optional<StoredReply> earlier = unit.view(Snapshot.latest()).sessions().reply(scope, id);
        if (earlier.isPresent()) {
            if (!earlier.get().requestDigest().equals(requestDigest)) {
                throw Refusal.of(
                                RefusalKind.OPERATION_REUSED,
                                "operation_id '" + id
                                        + "' was used before with another request; use a new id for a new request")
                        .with("operation_id", id)
                        .asException();
            }
            return earlier.get().json();
        }
        String json = ReplyCodec.encode(work.get());
        unit.sessions().addReply(scope, id, new StoredReply(requestDigest, json));
        return json;
    }
}
