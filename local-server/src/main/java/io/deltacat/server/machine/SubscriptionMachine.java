package io.deltacat.server.machine;

import io.deltacat.server.machine.Decision.Accepted;
import io.deltacat.server.machine.Decision.Refused;
import io.deltacat.server.machine.Decision.Unchanged;

/**
 * The rules of a subscription (protocol/control-plane.md §1.2). Pure. ACTIVE and PAUSED change into each other; DELETED is
 * for good and looks like a missing subscription to every event.
 */
public final class SubscriptionMachine {
    private SubscriptionMachine() {}

    /**
     * Takes an event.
     *
     * @param state stored state
     * @param event what happens
     * @param nowNanos when
     * @return the new state, the unchanged state, or a refusal
     */
    public static Decision<SubscriptionState> on(SubscriptionState state, SubscriptionEvent event, long nowNanos) {
        if (state.status() == SubscriptionStatus.DELETED) {
            return new Refused<>(missing(state.subscriberId()));
        }
        return switch (event) {
            case PAUSE -> moved(state, SubscriptionStatus.PAUSED, nowNanos);
            case RESUME -> moved(state, SubscriptionStatus.ACTIVE, nowNanos);
            case UPDATE, SET_WATERMARK -> new Accepted<>(state.with(next -> next.updatedAt(nowNanos)));
            case DELETE -> moved(state, SubscriptionStatus.DELETED, nowNanos);
        };
    }

    /**
     * The refusal for an id nobody uses.
     *
     * @param subscriberId the id
     * @return the refusal
     */
    public static Refusal missing(String subscriberId) {
        return Refusal.of(
                        RefusalKind.NOT_FOUND,
                        "subscription '" + subscriberId + "' does not exist; create it or correct the id")
                .with("subscriber_id", subscriberId);
    }

    private static Decision<SubscriptionState> moved(
            SubscriptionState state, SubscriptionStatus status, long nowNanos) {
        if (state.status() == status) {
            return new Unchanged<>(state);
        }
        return new Accepted<>(state.with(next -> next.status(status).updatedAt(nowNanos)));
    }
}
