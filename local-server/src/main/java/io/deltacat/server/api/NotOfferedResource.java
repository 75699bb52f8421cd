package io.deltacat.server.api;

import io.deltacat.server.machine.Refusal;
import io.deltacat.server.machine.RefusalKind;
import java.util.ArrayList;
import java.util.List;

/** Operations of the protocol that this server knows and does not offer; each is answered with a clear error. */
public final class NotOfferedResource implements Resource {
    private static final String SUBSCRIPTION = "/v1/subscriptions/{subscriber}";
    private static final List<List<String>> OPERATIONS = List.of(
            List.of("POST", SUBSCRIPTION + "/trigger"),
            List.of("POST", SUBSCRIPTION + "/run"),
            List.of("POST", SUBSCRIPTION + "/redrive"),
            List.of("POST", SUBSCRIPTION + "/managers"),
            List.of("DELETE", SUBSCRIPTION + "/managers"));

    @Override
    public List<Route> routes() {
        List<Route> routes = new ArrayList<>();
        for (List<String> operation : OPERATIONS) {
            String name = operation.get(0) + " " + operation.get(1);
            routes.add(new Route(operation.get(0), operation.get(1), request -> {
                throw Refusal.of(RefusalKind.UNSUPPORTED, "operation " + name + " is not offered by this server yet")
                        .with("operation", name)
                        .asException();
            }));
        }
        return routes;
    }
}
