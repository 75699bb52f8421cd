package io.deltacat.flink.sink.writer;

import io.deltacat.client.model.WriteSession;
import org.apache.flink.annotation.Internal;

/** The two calls that holding a place to write needs from a server. Both block, bounded by the connection's time-outs. */
@Internal
interface LocationPort {
    /**
     * Opens the location session of this writer's key, or gets the one back that is open.
     *
     * @return the session
     * @throws io.deltacat.client.DeltaCatException if there is none
     */
    WriteSession open();

    /**
     * Keeps a session alive.
     *
     * @param sessionId its id
     * @param sessionVersion version last seen
     * @return the session with its new version, expiry and credentials
     * @throws io.deltacat.client.DeltaCatException if it could not be kept alive
     */
    WriteSession heartbeat(String sessionId, long sessionVersion);
}
