package io.deltacat.flink.source.enumerator;

import com.fasterxml.jackson.databind.JsonNode;
import io.deltacat.client.model.SubscriptionDetail;
import io.deltacat.flink.source.DeltaCatSourceException;
import java.util.Locale;
import java.util.Optional;
import org.apache.flink.annotation.Internal;

/** Decides what a subscription's state means for the source that follows it (protocol/control-plane.md §1.2). Pure. */
@Internal
final class SubscriptionGate {
    private SubscriptionGate() {}

    /**
     * Reads the state.
     *
     * @param id id of the subscription
     * @param found what the server says about it
     * @return whether splits may be handed out
     * @throws DeltaCatSourceException.UnusableSubscription when it is missing, deleted or in error
     */
    static Gate gate(String id, Optional<SubscriptionDetail> found) {
        SubscriptionDetail detail = found.orElseThrow(
                () -> unusable(
                        id,
                        "does not exist; expected an active one. Create it, let the job do so with 'scan.subscription.create-if-missing', or take another 'scan.subscription-id'."));
        String status = detail.status() == null ? "active" : detail.status().toLowerCase(Locale.ROOT);
        return switch (status) {
            case "paused" -> Gate.PAUSED;
            case "deleted" ->
                throw unusable(
                        id,
                        "was deleted; expected an active one. Create it again, or take another 'scan.subscription-id'.");
            case "error" ->
                throw unusable(
                        id,
                        "is in error ('%s'); expected an active one. Clear the error with resume, then restart the job."
                                .formatted(detail.errorMessage()));
            default -> Gate.OPEN;
        };
    }

    /**
     * Checks that the subscription follows the table that is read.
     *
     * @param id id of the subscription
     * @param detail what the server says about it
     * @param namespace namespace of the table
     * @param table name of the table
     * @throws DeltaCatSourceException.UnusableSubscription when it follows others only
     */
    static void requireSource(String id, SubscriptionDetail detail, String namespace, String table) {
        for (JsonNode source : detail.sourceTables()) {
            boolean sameTable = table.equals(source.path("table").asText())
                    && namespace.equals(source.path("namespace").asText("default"));
            if (sameTable || (source.isTextual() && source.textValue().equals(namespace + "." + table))) {
                return;
            }
        }
        throw unusable(
                id,
                "follows %s; expected %s.%s among its source tables. Take a subscription of this table."
                        .formatted(detail.sourceTables(), namespace, table));
    }

    private static DeltaCatSourceException.UnusableSubscription unusable(String id, String problem) {
        return new DeltaCatSourceException.UnusableSubscription("Subscription '%s' %s".formatted(id, problem));
    }

    /** Whether splits may be handed out. */
    enum Gate {
        /** Go on. */
        OPEN,
        /** Hand out nothing; what readers have they finish. */
        PAUSED
    }
}
