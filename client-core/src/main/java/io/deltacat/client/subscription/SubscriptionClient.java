package io.deltacat.client.subscription;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import io.deltacat.client.Conflict;
import io.deltacat.client.DeltaCatException;
import io.deltacat.client.NotFound;
import io.deltacat.client.UnknownOutcome;
import io.deltacat.client.http.Repeatability;
import io.deltacat.client.http.WireCall;
import io.deltacat.client.http.WireClient;
import io.deltacat.client.model.CreateSubscriptionRequest;
import io.deltacat.client.model.SetWatermarkRequest;
import io.deltacat.client.model.SubscriptionCreated;
import io.deltacat.client.model.SubscriptionDetail;
import io.deltacat.client.model.SubscriptionList;
import io.deltacat.client.model.SubscriptionMutation;
import io.deltacat.client.model.SubscriptionSummary;
import io.deltacat.client.model.SubscriptionWatermark;
import io.deltacat.client.model.UpdateSubscriptionRequest;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Calls on subscriptions (protocol/control-plane.md §1). Reads and {@link #setWatermark}, which overwrites the whole
 * document, are retried; the other mutations are sent once. A refusal inside a success reply is an error here. Thread-safe.
 */
public final class SubscriptionClient {
    private final WireClient wire;

    /**
     * Creates the calls over a wire client; programs use {@code DeltaCatClient.subscriptions()}.
     *
     * @param wire sends the calls
     */
    public SubscriptionClient(WireClient wire) {
        this.wire = requireNonNull(wire, "wire");
    }

    /**
     * Creates a subscription. It has no start position; set the watermark afterwards.
     *
     * @param request id, source tables, type, trigger
     * @return what the server made
     * @throws Conflict if the id is taken
     * @throws UnknownOutcome if the reply was lost; {@link #find} tells
     */
    public SubscriptionCreated create(CreateSubscriptionRequest request) {
        return wire.send(
                call("POST", Repeatability.ONCE).body(request),
                SubscriptionCreated.class,
                reply -> refusal(reply.created(), null, request.subscriberId(), "created"));
    }

    /**
     * Gets a subscription.
     *
     * @param subscriberId its id
     * @return its description and status
     * @throws NotFound if there is none
     */
    public SubscriptionDetail get(String subscriberId) {
        return wire.send(call("GET", Repeatability.READ, subscriberId), SubscriptionDetail.class);
    }

    /**
     * Looks a subscription up.
     *
     * @param subscriberId its id
     * @return its description, empty if there is none
     */
    public Optional<SubscriptionDetail> find(String subscriberId) {
        try {
            return Optional.of(get(subscriberId));
        } catch (NotFound e) {
            if (e.routeMissing()) {
                throw e;
            }
            return Optional.empty();
        }
    }

    /**
     * Lists subscriptions.
     *
     * @param status status to list, such as {@code active}, or null for all
     * @return the subscriptions the identity may see
     */
    public List<SubscriptionSummary> list(@Nullable String status) {
        return wire.send(call("GET", Repeatability.READ).query("status", status), SubscriptionList.class)
                .subscriptions();
    }

    /**
     * Changes a subscription; only the fields that are set are changed.
     *
     * @param subscriberId its id
     * @param request what to change
     * @return what the server did
     * @throws NotFound if there is none
     */
    public SubscriptionMutation update(String subscriberId, UpdateSubscriptionRequest request) {
        return mutate(
                call("PUT", Repeatability.ONCE, subscriberId).body(request),
                subscriberId,
                "updated",
                SubscriptionMutation::updated);
    }

    /**
     * Deletes a subscription; its watermark goes with it.
     *
     * @param subscriberId its id
     * @return what the server did
     * @throws NotFound if there is none
     */
    public SubscriptionMutation delete(String subscriberId) {
        return mutate(
                call("DELETE", Repeatability.ONCE, subscriberId),
                subscriberId,
                "deleted",
                SubscriptionMutation::deleted);
    }

    /**
     * Pauses a subscription.
     *
     * @param subscriberId its id
     * @return what the server did
     * @throws NotFound if there is none
     */
    public SubscriptionMutation pause(String subscriberId) {
        return mutate(
                call("POST", Repeatability.ONCE, subscriberId, "pause"),
                subscriberId,
                "paused",
                SubscriptionMutation::paused);
    }

    /**
     * Resumes a paused subscription.
     *
     * @param subscriberId its id
     * @return what the server did
     * @throws NotFound if there is none
     */
    public SubscriptionMutation resume(String subscriberId) {
        return mutate(
                call("POST", Repeatability.ONCE, subscriberId, "resume"),
                subscriberId,
                "resumed",
                SubscriptionMutation::resumed);
    }

    /**
     * Gets the watermark.
     *
     * @param subscriberId id of the subscription
     * @return the document, empty if none was ever set
     * @throws NotFound if there is no such subscription
     * @throws IllegalArgumentException if the stored document is not of the documented shape
     */
    public Optional<Watermark> watermark(String subscriberId) {
        JsonNode document = wire.send(
                        call("GET", Repeatability.READ, subscriberId, "watermark"), SubscriptionWatermark.class)
                .watermark();
        return document == null || document.isNull() ? Optional.empty() : Optional.of(Watermark.fromJson(document));
    }

    /**
     * Replaces the watermark document. The protocol has no compare-and-set: read before writing, keep foreign slots. As the
     * whole document is replaced, sending it twice equals sending it once, so a lost reply is retried; a concurrent writer's
     * document may be overwritten either way.
     *
     * @param subscriberId id of the subscription
     * @param watermark the whole new document
     * @return what the server did
     * @throws NotFound if there is no such subscription
     * @throws DeltaCatException if the call failed
     */
    public SubscriptionMutation setWatermark(String subscriberId, Watermark watermark) {
        return mutate(
                call("PUT", Repeatability.KEYED, subscriberId, "watermark")
                        .body(new SetWatermarkRequest(watermark.toJson().toString())),
                subscriberId,
                "given the watermark",
                SubscriptionMutation::updated);
    }

    private SubscriptionMutation mutate(
            WireCall call, String subscriberId, String done, Function<SubscriptionMutation, @Nullable Boolean> flag) {
        return wire.send(
                call,
                SubscriptionMutation.class,
                reply -> refusal(flag.apply(reply), reply.error(), subscriberId, done));
    }

    private static Optional<String> refusal(
            @Nullable Boolean flag, @Nullable String error, String subscriberId, String done) {
        if (error != null && !error.isBlank()) {
            return Optional.of("subscription '" + subscriberId + "': " + error);
        }
        return Boolean.FALSE.equals(flag)
                ? Optional.of("subscription '" + subscriberId + "' was not " + done)
                : Optional.empty();
    }

    private WireCall call(String method, Repeatability repeatability, String... more) {
        String[] path = new String[2 + more.length];
        path[0] = "v1";
        path[1] = "subscriptions";
        System.arraycopy(more, 0, path, 2, more.length);
        return WireCall.of(method, repeatability, path)
                .query("catalog", wire.options().catalog());
    }
}
