/** One handler per resource: decode, check the shape, call one service, encode. */
@NullMarked
package io.deltacat.server.api;

import org.jspecify.annotations.NullMarked;
