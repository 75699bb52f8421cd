package io.deltacat.server.http;

import io.deltacat.server.api.Handler;
import io.deltacat.server.api.Resource;
import io.deltacat.server.api.Route;
import io.deltacat.server.machine.Refusal;
import io.deltacat.server.machine.RefusalKind;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Finds the handler of a method and path; literal segments win over parameters. Immutable after construction. */
final class Router {
    private final Node root = new Node();

    Router(Collection<? extends Resource> resources) {
        for (Resource resource : resources) {
            for (Route route : resource.routes()) {
                add(route);
            }
        }
    }

    private void add(Route route) {
        Node node = root;
        for (String segment : segments(route.template())) {
            if (segment.startsWith("{")) {
                if (node.parameter == null) {
                    node.parameter = new Node();
                }
                node = node.parameter;
            } else {
                node = node.literals.computeIfAbsent(segment, key -> new Node());
            }
        }
        if (node.routes.putIfAbsent(route.method(), route) != null) {
            throw new IllegalStateException("two handlers for " + route.method() + " " + route.template());
        }
    }

    /**
     * Finds a route.
     *
     * @throws io.deltacat.server.machine.RefusedException if there is none
     */
    Match find(String method, String rawPath) {
        List<String> segments = segments(rawPath);
        Node node = find(root, segments, 0);
        if (node == null) {
            throw Refusal.of(RefusalKind.NO_SUCH_ROUTE, "no operation at this path; see the protocol for known paths")
                    .asException();
        }
        Route route = node.routes.get(method);
        if (route == null) {
            throw Refusal.of(
                            RefusalKind.METHOD_NOT_ALLOWED,
                            "method " + method + " is not offered here; use one of "
                                    + String.join(", ", node.routes.keySet()))
                    .asException();
        }
        List<String> names = segments(route.template());
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            if (name.startsWith("{")) {
                values.put(name.substring(1, name.length() - 1), PercentCoding.decodePath(segments.get(i)));
            }
        }
        return new Match(route, values);
    }

    private static @Nullable Node find(Node node, List<String> segments, int position) {
        if (position == segments.size()) {
            return node.routes.isEmpty() ? null : node;
        }
        Node literal = node.literals.get(segments.get(position));
        if (literal != null) {
            Node found = find(literal, segments, position + 1);
            if (found != null) {
                return found;
            }
        }
        if (node.parameter == null || segments.get(position).isEmpty()) {
            return null;
        }
        return find(node.parameter, segments, position + 1);
    }

    private static List<String> segments(String path) {
        String trimmed = path.startsWith("/") ? path.substring(1) : path;
        return List.of(trimmed.split("/", -1));
    }

    /** A route with the decoded values of its path parameters. */
    record Match(Route route, Map<String, String> pathValues) {
        Handler handler() {
            return route.handler();
        }
    }

    private static final class Node {
        private final Map<String, Node> literals = new TreeMap<>();
        private final Map<String, Route> routes = new TreeMap<>();
        private @Nullable Node parameter;
    }
}
