package io.deltacat.server.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.deltacat.client.filter.Filter;
import io.deltacat.client.filter.FilterSyntaxException;
import io.deltacat.server.machine.Refusal;
import io.deltacat.server.machine.RefusalKind;
import io.deltacat.server.service.CatalogService;
import io.deltacat.server.service.Operation;
import io.deltacat.server.service.Page;
import io.deltacat.server.service.PageRequest;
import io.deltacat.server.service.ReplyCodec;
import io.deltacat.server.service.TransactionReference;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Query parameters that many operations share. */
final class Queries {
    private static final int DEFAULT_LIMIT = 100;
    private static final int LARGEST_LIMIT = 10_000;
    /** Query parameters that say what a change does, rather than where it happens. */
    private static final List<String> MEANINGFUL = List.of("table_version", "purge", "new_name", "new_namespace");

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Queries() {}

    /** Lets only requests for a catalog of this server through. */
    static Handler inCatalog(CatalogService catalogs, Handler handler) {
        return request -> {
            request.query("catalog").ifPresent(catalogs::require);
            return handler.handle(request);
        };
    }

    /** The transaction to read in; null for none. */
    static @Nullable TransactionReference reading(Request request) {
        Optional<String> id = request.query("transaction_id");
        Optional<Long> version = request.queryLong("transaction_version", 0, Long.MAX_VALUE);
        if (id.isEmpty() && version.isPresent()) {
            throw Refusal.of(
                            RefusalKind.INVALID_REQUEST,
                            "query parameter 'transaction_version' comes without 'transaction_id'; send both or none")
                    .asException();
        }
        return id.isEmpty() ? null : new TransactionReference(id.get(), version.orElse(-1L));
    }

    /** The transaction to write in; null for none. */
    static @Nullable TransactionReference writing(Request request) {
        TransactionReference reference = reading(request);
        if (reference != null && reference.transactionVersion() < 0) {
            throw Refusal.of(
                            RefusalKind.INVALID_REQUEST,
                            "query parameter 'transaction_id' comes without 'transaction_version'; a change needs both")
                    .asException();
        }
        return reference;
    }

    /** The mutation's identity, from query parameter {@code operation_id}. */
    static Operation operation(Request request) {
        Optional<String> id = request.query("operation_id");
        if (id.isEmpty()) {
            return Operation.unkeyed();
        }
        StringBuilder asked = new StringBuilder(request.method()).append(' ').append(request.path());
        for (String name : MEANINGFUL) {
            request.query(name)
                    .ifPresent(
                            value -> asked.append(' ').append(name).append('=').append(value));
        }
        asked.append(' ').append(new String(request.body(), StandardCharsets.UTF_8));
        return new Operation("catalog", id.get(), ReplyCodec.digest(asked.toString()));
    }

    /** Which page is wanted. */
    static PageRequest page(Request request) {
        int limit = (int) (long) request.queryLong("limit", 1, LARGEST_LIMIT).orElse((long) DEFAULT_LIMIT); // <= 10 000
        return new PageRequest(limit, request.query("next_token").orElse(null), reading(request));
    }

    /** A page as a bare array with the next token in the header. */
    static Reply list(Page<?> page) {
        Reply reply = Reply.json(200, ReplyCodec.encode(page.items()));
        String next = page.nextToken();
        return next == null ? reply : reply.withHeader(Reply.NEXT_TOKEN_HEADER, next);
    }

    /** A filter in wire form; null for none. */
    static @Nullable Filter filter(String parameter, @Nullable JsonNode given) {
        try {
            return Filter.parse(given).orElse(null);
        } catch (FilterSyntaxException e) {
            throw Refusal.of(
                            RefusalKind.INVALID_FIELD,
                            "query parameter '" + parameter + "' is no filter: " + e.getMessage())
                    .with("field", parameter)
                    .asException();
        }
    }

    /** A query parameter that holds JSON. */
    static Optional<JsonNode> json(Request request, String name) {
        Optional<String> text = request.query(name);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(MAPPER.readTree(text.get()));
        } catch (JsonProcessingException | NumberFormatException e) {
            throw Refusal.of(
                            RefusalKind.INVALID_FIELD,
                            "query parameter '" + name + "' is '" + Texts.shorten(text.get()) + "'; expected JSON")
                    .with("field", name)
                    .asException();
        }
    }
}
