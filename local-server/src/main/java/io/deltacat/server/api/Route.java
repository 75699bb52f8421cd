package io.deltacat.server.api;

/**
 * One line of the route table.
 *
 * @param method HTTP method, upper case
 * @param template path whose segments are literal or {@code {name}}
 * @param handler who answers
 */
public record Route(String method, String template, Handler handler) {
    /** A read. */
    public static Route get(String template, Handler handler) {
        return new Route("GET", template, handler);
    }

    /** A creation or an action. */
    public static Route post(String template, Handler handler) {
        return new Route("POST", template, handler);
    }

    /** A change. */
    public static Route put(String template, Handler handler) {
        return new Route("PUT", template, handler);
    }

    /** A removal. */
    public static Route delete(String template, Handler handler) {
        return new Route("DELETE", template, handler);
    }
}
