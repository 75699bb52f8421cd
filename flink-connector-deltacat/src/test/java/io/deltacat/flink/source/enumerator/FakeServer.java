package io.deltacat.flink.source.enumerator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltacat.client.FailureContextBuilder;
import io.deltacat.client.ServerUnavailable;
import io.deltacat.client.model.CreateSubscriptionRequest;
import io.deltacat.client.model.SubscriptionDetail;
import io.deltacat.client.model.SubscriptionDetailBuilder;
import io.deltacat.flink.source.feed.FakeTable;
import io.deltacat.flink.source.feed.TableAccess;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A table and a subscription in memory. */
final class FakeServer implements ServerAccess, SubscriptionAccess {
    private final FakeTable table;
    boolean hasSubscription = true;
    boolean listsDeltas = true;
    String status = "active";
    boolean exists = true;

    @Nullable
    ObjectNode document;

    boolean dropsUnknownKeys;
    boolean createFails;

    @Nullable
    CreateSubscriptionRequest created;

    int watermarkWrites;
    int watermarkFailures;
    boolean closed;

    FakeServer(FakeTable table) {
        this.table = table;
    }

    /** What a client says about a server that does not answer. */
    static ServerUnavailable outOfReach() {
        return new ServerUnavailable(FailureContextBuilder.builder()
                .code("transport_error")
                .problem("connection refused")
                .cure("Start the server.")
                .retryable(true)
                .build());
    }

    @Override
    public TableAccess table() {
        return table;
    }

    @Override
    public Optional<SubscriptionAccess> subscription() {
        return hasSubscription ? Optional.of(this) : Optional.empty();
    }

    @Override
    public boolean listsDeltas() {
        return listsDeltas;
    }

    @Override
    public void close() {
        closed = true;
    }

    @Override
    public String subscriptionId() {
        return "sub";
    }

    @Override
    public Optional<SubscriptionDetail> find() {
        ObjectNode source = JsonNodeFactory.instance.objectNode();
        source.put("namespace", "ns").put("table", "t");
        return exists
                ? Optional.of(SubscriptionDetailBuilder.builder()
                        .subscriberId("sub")
                        .status(status)
                        .managers(List.of())
                        .sourceTables(List.of(source))
                        .build())
                : Optional.empty();
    }

    @Override
    public void create(CreateSubscriptionRequest request) {
        created = request;
        if (createFails) {
            throw outOfReach();
        }
        exists = true;
    }

    @Override
    public Optional<JsonNode> watermark() {
        return Optional.ofNullable(document).map(ObjectNode::deepCopy);
    }

    @Override
    public void setWatermark(ObjectNode next) {
        if (watermarkFailures > 0) {
            watermarkFailures--;
            throw outOfReach();
        }
        watermarkWrites++;
        ObjectNode kept = next.deepCopy();
        if (dropsUnknownKeys) {
            kept.retain("partition_watermarks", "known_partitions", "partition_identities");
        }
        document = kept;
    }
}
