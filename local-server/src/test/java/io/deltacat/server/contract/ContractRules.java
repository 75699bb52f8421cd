package io.deltacat.server.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deltacat.client.contract.OpenApiContract;
import io.deltacat.client.contract.OpenApiContract.Traffic;
import io.deltacat.server.http.ObservedExchange;
import io.deltacat.server.http.ObservedRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which document an exchange is held to: the newest one, and the oldest one for requests that only it allows. Refused
 * requests may be wrong; their replies may not.
 */
final class ContractRules {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int REFUSED = 400;
    private static final int SHOWN_CHARACTERS = 600;

    private final OpenApiContract newest = OpenApiContract.version("0.1.67");
    private final OpenApiContract oldest = OpenApiContract.version("0.1.1");

    /** Returns one line for each violation; empty when the exchange keeps the contract. */
    List<String> violations(ObservedExchange exchange) {
        ObservedRequest request = exchange.request();
        if (!request.path().startsWith("/v1/")) {
            return List.of();
        }
        if (!exchange.whole()) {
            return declared(request) || request.status() >= REFUSED
                    ? List.of()
                    : List.of(request.method() + " " + request.path() + ": undeclared operation");
        }
        Optional<JsonNode> body;
        Optional<JsonNode> reply;
        try {
            body = request.status() < REFUSED ? json(exchange.requestBody()) : Optional.empty();
            reply = json(exchange.replyBody());
        } catch (JsonProcessingException e) {
            return List.of(request.method() + " " + request.path() + " -> " + request.status() + ": not JSON: "
                    + e.getOriginalMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Traffic traffic = new Traffic(
                request.method(), request.path(), queryNames(request.query()), body, request.status(), reply);
        List<String> violations = violations(traffic);
        return violations.stream()
                .map(line -> line.replace(request.path(), request.template()))
                .toList();
    }

    private boolean declared(ObservedRequest request) {
        return newest.operationOf(request.method(), request.path()).isPresent()
                || oldest.operationOf(request.method(), request.path()).isPresent();
    }

    private List<String> violations(Traffic traffic) {
        List<String> ofRequest = traffic.status() < REFUSED ? newest.requestViolations(traffic) : List.of();
        if (ofRequest.isEmpty()) {
            return newest.replyViolations(traffic);
        }
        if (oldest.operationOf(traffic.method(), traffic.path()).isPresent()
                && oldest.requestViolations(traffic).isEmpty()) {
            return oldest.replyViolations(traffic);
        }
        List<String> all = new ArrayList<>(ofRequest);
        all.addAll(newest.replyViolations(traffic));
        return all;
    }

    /** Shows what went over the wire. */
    static String text(ObservedExchange exchange) {
        return "    " + exchange.request().path() + "?" + exchange.request().query() + "\n    request: "
                + text(exchange.requestBody()) + "\n    reply: " + text(exchange.replyBody());
    }

    private static String text(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        return text.length() <= SHOWN_CHARACTERS ? text : text.substring(0, SHOWN_CHARACTERS) + "...";
    }

    private static Optional<JsonNode> json(byte[] body) throws IOException {
        return body.length == 0 ? Optional.empty() : Optional.of(JSON.readTree(body));
    }

    private static Set<String> queryNames(String query) {
        Set<String> names = new LinkedHashSet<>();
        for (String pair : query.split("&")) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                names.add(URLDecoder.decode(equals < 0 ? pair : pair.substring(0, equals), StandardCharsets.UTF_8));
            }
        }
        return names;
    }
}
