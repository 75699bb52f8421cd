package io.deltacat.server.api;

import java.util.List;

/** A group of operations of the protocol that belong to one kind of thing. */
public interface Resource {
    /**
     * The operations.
     *
     * @return routes, each with its handler
     */
    List<Route> routes();
}
