package io.deltacat.flink.source.enumerator;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltacat.client.TableRef;
import io.deltacat.client.model.CreateSubscriptionRequest;
import io.deltacat.client.model.CreateSubscriptionRequestBuilder;
import io.deltacat.client.model.TriggerConfigRequest;
import java.util.List;
import java.util.Map;
import org.apache.flink.annotation.Internal;

/**
 * Says what a subscription must be like that a source creates for itself (protocol/control-plane.md §12.3 and §12.4): nobody
 * triggers it, and a worker tag that only this source has keeps workers of a fleet from claiming jobs for it. Pure.
 */
@Internal
final class NewSubscription {
    private NewSubscription() {}

    /**
     * Makes the request.
     *
     * @param id id of the subscription
     * @param table the one table it follows
     * @param sourceId random id of the source, which becomes the worker tag
     * @param manualTrigger whether the server knows triggers by hand; older ones know events only, which nothing sends
     * @return the request
     */
    static CreateSubscriptionRequest request(String id, TableRef table, String sourceId, boolean manualTrigger) {
        ObjectNode dispatch = JsonNodeFactory.instance.objectNode();
        dispatch.putArray("required_worker_tags").add("flink-source-" + sourceId);
        return CreateSubscriptionRequestBuilder.builder()
                .subscriberId(id)
                .sourceTables(List.of(Map.of("namespace", table.namespace(), "table", table.table())))
                .subscriberType("custom")
                .subscriberMode("delta")
                .configJson("{}")
                .dispatchMode("custom")
                .dispatchConfig(dispatch.toString())
                .trigger(new TriggerConfigRequest(manualTrigger ? "manual" : "event", null))
                .build();
    }
}
