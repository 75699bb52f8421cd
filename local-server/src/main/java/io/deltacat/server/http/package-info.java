/** The HTTP edge: listener, routing, authentication, limits, faults and the one mapping from refusals to status codes. */
@NullMarked
package io.deltacat.server.http;

import org.jspecify.annotations.NullMarked;
