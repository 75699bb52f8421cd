package io.deltacat.flink.sink.writer;

import static java.util.Objects.requireNonNull;

import io.deltacat.client.DeltaCatClient;
import io.deltacat.client.model.WriteSession;
import io.deltacat.client.model.WriteSessionCreateRequestBuilder;
import io.deltacat.flink.sink.commit.DeltaTarget;
import org.apache.flink.annotation.Internal;

/** The server behind {@link LocationPort}, over REST. Thread-safe. */
@Internal
final class RestLocationPort implements LocationPort {
    private final DeltaCatClient client;
    private final DeltaTarget target;
    private final String writeKey;
    private final String ownerKey;

    /**
     * Creates a port.
     *
     * @param client client of the server, owned by the caller
     * @param target delta that the files will belong to
     * @param writeKey key that only this writer uses, the same after a restart, so that sessions do not pile up
     * @param ownerKey owner of the key
     */
    RestLocationPort(DeltaCatClient client, DeltaTarget target, String writeKey, String ownerKey) {
        this.client = requireNonNull(client, "client");
        this.target = requireNonNull(target, "target");
        this.writeKey = requireNonNull(writeKey, "writeKey");
        this.ownerKey = requireNonNull(ownerKey, "ownerKey");
    }

    @Override
    public WriteSession open() {
        return client.writeSessions()
                .create(
                        target.table(),
                        WriteSessionCreateRequestBuilder.builder()
                                .format(target.format())
                                .mode(target.mode().wireName())
                                .writeKey(writeKey)
                                .ownerKey(ownerKey)
                                .build());
    }

    @Override
    public WriteSession heartbeat(String sessionId, long sessionVersion) {
        return client.writeSessions().heartbeat(sessionId, sessionVersion);
    }
}
