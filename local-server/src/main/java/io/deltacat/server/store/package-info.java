/** The metadata store: snapshot reads, grouped durable writes, commit times. */
@NullMarked
package io.deltacat.server.store;

import org.jspecify.annotations.NullMarked;
