package io.deltacat.server.api;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** A reply that is ready to be sent: status, headers and a JSON body. Immutable but for a streamed body, which can be sent once. */
public final class Reply {
    /** Header that carries the token of the next page of a list. */
    public static final String NEXT_TOKEN_HEADER = "x-deltacat-next-token";

    private final int status;
    private final Map<String, String> headers;
    private final Body body;

    private Reply(int status, Map<String, String> headers, Body body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    /**
     * A reply whose body is known.
     *
     * @param status HTTP status
     * @param json the body
     * @return the reply
     */
    public static Reply json(int status, byte[] json) {
        return new Reply(status, Map.of(), new Body() {
            @Override
            public long length() {
                return json.length;
            }

            @Override
            public void writeTo(OutputStream out) throws IOException {
                out.write(json);
            }
        });
    }

    /**
     * A reply whose body is known as text.
     *
     * @param status HTTP status
     * @param json the body
     * @return the reply
     */
    public static Reply json(int status, String json) {
        return json(status, json.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * A reply that is produced while it is sent.
     *
     * @param status HTTP status
     * @param writer writes the JSON body, once, on the request thread
     * @return the reply
     */
    public static Reply streamed(int status, BodyWriter writer) {
        return new Reply(status, Map.of(), new Body() {
            @Override
            public long length() {
                return -1;
            }

            @Override
            public void writeTo(OutputStream out) throws IOException {
                writer.writeTo(out);
            }
        });
    }

    /**
     * The same reply with one more header.
     *
     * @param name header name
     * @param value header value
     * @return a new reply
     */
    public Reply withHeader(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Reply(status, Map.copyOf(more), body);
    }

    /**
     * The status.
     *
     * @return HTTP status code
     */
    public int status() {
        return status;
    }

    /**
     * The headers besides content type and length.
     *
     * @return name to value
     */
    public Map<String, String> headers() {
        return headers;
    }

    /**
     * The length of the body.
     *
     * @return bytes, or -1 if not known before it is written
     */
    public long length() {
        return body.length();
    }

    /**
     * Writes the body.
     *
     * @param out where to; left open
     * @throws IOException if the peer is gone
     */
    public void writeTo(OutputStream out) throws IOException {
        body.writeTo(out);
    }

    /** Produces a streamed body. */
    @FunctionalInterface
    public interface BodyWriter {
        /**
         * Writes the whole body.
         *
         * @param out where to; left open
         * @throws IOException if the peer is gone
         */
        void writeTo(OutputStream out) throws IOException;
    }

    private interface Body {
        long length();

        void writeTo(OutputStream out) throws IOException;
    }
}
