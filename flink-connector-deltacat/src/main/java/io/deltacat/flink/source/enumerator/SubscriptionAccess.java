package io.deltacat.flink.source.enumerator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltacat.client.model.CreateSubscriptionRequest;
import io.deltacat.client.model.SubscriptionDetail;
import java.util.Optional;
import org.apache.flink.annotation.Internal;

/**
 * The few calls about one subscription that the enumerator needs. Every method may block on the network and throws
 * {@link io.deltacat.client.DeltaCatException} when the server refuses or cannot be reached. Not thread-safe.
 */
@Internal
public interface SubscriptionAccess {
    /**
     * Returns the id.
     *
     * @return the subscription's id
     */
    String subscriptionId();

    /**
     * Looks the subscription up.
     *
     * @return its description, or empty when the server does not know it
     */
    Optional<SubscriptionDetail> find();

    /**
     * Creates the subscription.
     *
     * @param request what it is to be like
     */
    void create(CreateSubscriptionRequest request);

    /**
     * Reads the watermark document.
     *
     * @return the document, or empty when none was ever written
     */
    Optional<JsonNode> watermark();

    /**
     * Replaces the watermark document.
     *
     * @param document the whole new document
     */
    void setWatermark(ObjectNode document);
}
