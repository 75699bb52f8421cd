package io.deltacat.flink.source.enumerator;

import io.deltacat.flink.source.feed.TableAccess;
import java.util.Optional;
import org.apache.flink.annotation.Internal;

/** One source's connection to the server. Used by one worker thread at a time; {@link #close} may come from any thread. */
@Internal
public interface ServerAccess extends AutoCloseable {
    /**
     * Returns access to the table that is read.
     *
     * @return always the same object
     */
    TableAccess table();

    /**
     * Returns access to the subscription that is followed.
     *
     * @return always the same object, or empty when the source follows none
     */
    Optional<SubscriptionAccess> subscription();

    /**
     * Asks whether the server can list deltas. Blocks on the network.
     *
     * @return false for servers before 0.1.67
     */
    boolean listsDeltas();

    @Override
    void close();
}
