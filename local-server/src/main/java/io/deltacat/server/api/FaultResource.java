package io.deltacat.server.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltacat.server.fault.FaultAction;
import io.deltacat.server.fault.FaultPoint;
import io.deltacat.server.fault.FaultRule;
import io.deltacat.server.fault.Faults;
import io.deltacat.server.service.SessionService;
import io.deltacat.server.service.TransactionService;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;

/**
 * Switches faults on and off over HTTP, for tests against a server in another process; offered only when asked for at start.
 *
 * <pre>
 *   POST   /faults         {"point": "before_handler" | "before_reply", "method": "POST", "path": "/v1/.*", "skip": 0, "times": 1,
 *                           "action": "drop" | "delay" | "answer" | "halt",
 *                           "delay_millis": 100, "status": 503, "code": "service_unavailable", "retryable": true, "retry_after": 1}
 *   GET    /faults         rules that can still strike
 *   DELETE /faults         switches all off
 *   POST   /faults/expire  {"session_id": "…"} or {"transaction_id": "…"}: its time is over now
 * </pre>
 */
public final class FaultResource implements Resource {
    private final Faults faults;
    private final SessionService sessions;
    private final TransactionService transactions;

    /**
     * The resource.
     *
     * @param faults faults of the server
     * @param sessions makes sessions expire
     * @param transactions makes transactions expire
     */
    public FaultResource(Faults faults, SessionService sessions, TransactionService transactions) {
        this.faults = faults;
        this.sessions = sessions;
        this.transactions = transactions;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.post("/faults", this::add),
                Route.get(
                        "/faults",
                        request ->
                                Reply.json(200, "{\"rules\":" + faults.rules().size() + "}")),
                Route.delete("/faults", request -> {
                    faults.clear();
                    return Reply.json(200, "{\"rules\":0}");
                }),
                Route.post("/faults/expire", this::expire));
    }

    private Reply add(Request request) {
        ObjectNode body = Bodies.object(request);
        String point = text(body, "point");
        FaultPoint where = Arrays.stream(FaultPoint.values())
                .filter(value -> value.name().equalsIgnoreCase(point))
                .findFirst()
                .orElseThrow(
                        () -> Bodies.invalid("point", "is '" + point + "'; expected before_handler or before_reply"));
        try {
            faults.add(new FaultRule(
                    where,
                    body.path("method").asText("*"),
                    body.path("path").asText(".*"),
                    action(body),
                    body.path("skip").asInt(0),
                    body.path("times").asInt(1)));
        } catch (PatternSyntaxException e) {
            throw Bodies.invalid("path", "is no regular expression");
        } catch (IllegalArgumentException e) {
            throw Bodies.invalid("times", "or field 'skip' is out of range");
        }
        return Reply.json(200, "{\"rules\":" + faults.rules().size() + "}");
    }

    private static FaultAction action(ObjectNode body) {
        String action = text(body, "action");
        return switch (action) {
            case "drop" -> new FaultAction.DropConnection();
            case "halt" -> new FaultAction.Halt();
            case "delay" ->
                new FaultAction.Delay(
                        Duration.ofMillis(body.path("delay_millis").asLong(0)));
            case "answer" ->
                new FaultAction.Answer(
                        body.path("status").asInt(503),
                        body.path("code").asText("service_unavailable"),
                        body.path("retryable").asBoolean(true),
                        body.path("retry_after").asInt(0));
            default -> throw Bodies.invalid("action", "is '" + action + "'; expected drop, delay, answer or halt");
        };
    }

    private Reply expire(Request request) {
        ObjectNode body = Bodies.object(request);
        Optional<String> session = Bodies.takeText(body, "session_id");
        Optional<String> transaction = Bodies.takeText(body, "transaction_id");
        if (session.isEmpty() == transaction.isEmpty()) {
            throw Bodies.invalid("session_id", "or field 'transaction_id' is needed, and only one of them");
        }
        session.ifPresent(sessions::expireNow);
        transaction.ifPresent(transactions::expireNow);
        return Reply.json(200, "{\"expired\":true}");
    }

    private static String text(ObjectNode body, String field) {
        JsonNode value = body.get(field);
        if (value == null || !value.isTextual()) {
            throw Bodies.invalid(field, "is missing or no string");
        }
        return value.textValue();
    }
}
