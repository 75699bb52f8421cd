package io.deltacat.client.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** A transport that answers from a script and keeps what it was sent. Confined to one thread. */
public final class ScriptedTransport implements Transport {
    private final Deque<Answer> script = new ArrayDeque<>();
    private final List<HttpRequest> requests = new ArrayList<>();
    private boolean closed;

    /** One scripted answer. */
    public interface Answer {
        HttpReply to(HttpRequest request) throws TransportFailure;
    }

    public ScriptedTransport reply(int status, String body) {
        return reply(status, Map.of(), body);
    }

    public ScriptedTransport reply(int status, Map<String, String> headers, String body) {
        return then(request -> new HttpReply(status, headers, body.getBytes(StandardCharsets.UTF_8)));
    }

    public ScriptedTransport fail(TransportFailure.Kind kind) {
        return then(request -> {
            throw new TransportFailure(kind, "scripted " + kind, new IOException("scripted"));
        });
    }

    public ScriptedTransport then(Answer answer) {
        script.add(answer);
        return this;
    }

    @Override
    public HttpReply send(HttpRequest request) throws TransportFailure {
        requests.add(request);
        Answer answer = script.poll();
        if (answer == null) {
            throw new AssertionError("no scripted answer left for " + request.method() + " " + request.target());
        }
        return answer.to(request);
    }

    public List<HttpRequest> requests() {
        return requests;
    }

    public HttpRequest only() {
        if (requests.size() != 1) {
            throw new AssertionError("expected one request, got " + requests);
        }
        return requests.get(0);
    }

    public boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
    }
}
