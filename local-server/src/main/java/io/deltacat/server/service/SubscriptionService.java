package io.deltacat.server.service;

import io.deltacat.client.model.CreateSubscriptionRequest;
import io.deltacat.client.model.ScheduleConfig;
import io.deltacat.client.model.SubscriptionCreated;
import io.deltacat.client.model.SubscriptionCreatedBuilder;
import io.deltacat.client.model.SubscriptionDetail;
import io.deltacat.client.model.SubscriptionMutation;
import io.deltacat.client.model.SubscriptionMutationBuilder;
import io.deltacat.client.model.SubscriptionSummary;
import io.deltacat.client.model.SubscriptionWatermark;
import io.deltacat.client.model.TriggerConfig;
import io.deltacat.client.model.UpdateSubscriptionRequest;
import io.deltacat.server.machine.Refusal;
import io.deltacat.server.machine.RefusalKind;
import io.deltacat.server.machine.SubscriptionEvent;
import io.deltacat.server.machine.SubscriptionMachine;
import io.deltacat.server.machine.SubscriptionState;
import io.deltacat.server.machine.SubscriptionStatus;
import io.deltacat.server.store.Snapshot;
import io.deltacat.server.store.StoredSubscription;
import io.deltacat.server.store.SubscriptionReads;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Use cases of subscriptions (protocol/control-plane.md §1). Thread-safe. */
public final class SubscriptionService {
    private static final int LIST_PAGE = 500;

    private final ServiceContext context;

    /**
     * The service.
     *
     * @param context what it works with
     */
    public SubscriptionService(ServiceContext context) {
        this.context = context;
    }

    /** Creates a subscription; refused if the id is in use. */
    public SubscriptionCreated create(CreateSubscriptionRequest request, @Nullable String user) {
        Names.check("subscriber_id", request.subscriberId());
        SubscriptionState state = SubscriptionRules.create(request, user, context.nowNanos());
        return context.store().write(unit -> {
            Optional<StoredSubscription> existing =
                    unit.view(Snapshot.latest()).subscriptions().subscription(state.subscriberId());
            if (existing.isPresent() && existing.get().state().status() != SubscriptionStatus.DELETED) {
                throw Refusal.of(
                                RefusalKind.ALREADY_EXISTS,
                                "subscription '" + state.subscriberId()
                                        + "' exists already; use it or choose another id")
                        .with("subscriber_id", state.subscriberId())
                        .asException();
            }
            unit.subscriptions().put(new StoredSubscription(state, null));
            TriggerConfig trigger = state.trigger();
            ScheduleConfig schedule = state.schedule();
            return SubscriptionCreatedBuilder.builder()
                    .created(true)
                    .subscriberId(state.subscriberId())
                    .createdBy(state.createdBy())
                    .principal(state.createdBy())
                    .dispatchMode(state.dispatchMode())
                    .sourceTables(state.sourceTables().stream()
                            .map(SubscriptionRules::tableName)
                            .toList())
                    .trigger(trigger)
                    .triggerType(trigger == null ? null : trigger.mode())
                    .scheduleCron(schedule == null ? null : schedule.cron())
                    .scheduleIntervalSeconds(schedule == null ? null : schedule.intervalSeconds())
                    .scheduleTimezone(schedule == null ? null : schedule.timezone())
                    .build();
        });
    }

    /** Describes a subscription. */
    public SubscriptionDetail get(String subscriberId) {
        return context.store()
                .read(
                        Snapshot.latest(),
                        view -> SubscriptionReplies.detail(
                                find(view.subscriptions(), subscriberId).state()));
    }

    /**
     * Lists subscriptions by id; deleted ones only if asked for by status.
     *
     * @param status status wanted; null for all but deleted
     */
    public Page<SubscriptionSummary> list(
            @Nullable String status, @Nullable Integer limit, @Nullable String nextToken) {
        PageToken token = PageToken.decode(nextToken, "subscriptions");
        return context.store().read(Snapshot.latest(), view -> {
            List<SubscriptionSummary> found = new ArrayList<>();
            String after = token == null ? "" : token.after();
            while (true) {
                List<StoredSubscription> page = view.subscriptions().subscriptions(after, LIST_PAGE);
                for (StoredSubscription stored : page) {
                    SubscriptionState state = stored.state();
                    after = state.subscriberId();
                    boolean wanted = status == null
                            ? state.status() != SubscriptionStatus.DELETED
                            : state.status().wireName().equals(status);
                    if (wanted && limit != null && found.size() == limit) {
                        String last = found.get(found.size() - 1).subscriberId();
                        return new Page<>(found, new PageToken("subscriptions", 0, last).encode());
                    }
                    if (wanted) {
                        found.add(SubscriptionReplies.summary(state));
                    }
                }
                if (page.size() < LIST_PAGE) {
                    return new Page<>(found, null);
                }
            }
        });
    }

    /** Changes the settings that the request carries. */
    public SubscriptionMutation update(String subscriberId, UpdateSubscriptionRequest request) {
        return change(
                subscriberId,
                SubscriptionEvent.UPDATE,
                state -> SubscriptionRules.update(state, request),
                reply -> reply.updated(true));
    }

    /** Stops a subscription from being run. */
    public SubscriptionMutation pause(String subscriberId) {
        return change(subscriberId, SubscriptionEvent.PAUSE, state -> state, reply -> reply.paused(true));
    }

    /** Lets a subscription run again. */
    public SubscriptionMutation resume(String subscriberId) {
        return change(subscriberId, SubscriptionEvent.RESUME, state -> state, reply -> reply.resumed(true));
    }

    /** Removes a subscription; its row stays, its id can be used again. */
    public SubscriptionMutation delete(String subscriberId) {
        return change(subscriberId, SubscriptionEvent.DELETE, state -> state, reply -> reply.deleted(true));
    }

    /** The watermark of a subscription; null before the first. */
    public SubscriptionWatermark watermark(String subscriberId) {
        return context.store().read(Snapshot.latest(), view -> {
            StoredSubscription stored = find(view.subscriptions(), subscriberId);
            String watermark = stored.watermark();
            return new SubscriptionWatermark(
                    subscriberId, watermark == null ? null : WatermarkRules.decodeStored(watermark));
        });
    }

    /** Replaces the watermark of a subscription. */
    public SubscriptionMutation setWatermark(String subscriberId, String watermarkJson) {
        Optional<String> watermark = WatermarkRules.check(watermarkJson);
        return context.store().write(unit -> {
            StoredSubscription stored = find(unit.view(Snapshot.latest()).subscriptions(), subscriberId);
            SubscriptionState next = SubscriptionMachine.on(
                            stored.state(), SubscriptionEvent.SET_WATERMARK, context.nowNanos())
                    .orThrow();
            unit.subscriptions().put(new StoredSubscription(next, watermark.orElse(null)));
            return SubscriptionMutationBuilder.builder()
                    .subscriberId(subscriberId)
                    .updated(true)
                    .build();
        });
    }

    private SubscriptionMutation change(
            String subscriberId,
            SubscriptionEvent event,
            UnaryOperator<SubscriptionState> settings,
            UnaryOperator<SubscriptionMutationBuilder> reply) {
        return context.store().write(unit -> {
            StoredSubscription stored = find(unit.view(Snapshot.latest()).subscriptions(), subscriberId);
            SubscriptionState next = settings.apply(SubscriptionMachine.on(stored.state(), event, context.nowNanos())
                    .orThrow());
            if (!next.equals(stored.state())) {
                unit.subscriptions().put(new StoredSubscription(next, stored.watermark()));
            }
            return reply.apply(SubscriptionMutationBuilder.builder().subscriberId(subscriberId))
                    .build();
        });
    }

    private static StoredSubscription find(SubscriptionReads reads, String subscriberId) {
        return reads.subscription(subscriberId)
                .filter(stored -> stored.state().status() != SubscriptionStatus.DELETED)
                .orElseThrow(() -> SubscriptionMachine.missing(subscriberId).asException());
    }
}
