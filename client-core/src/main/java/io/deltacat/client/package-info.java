/**
 * Java client of a DeltaCAT server: the entry point, the references to things on the server, and the errors. Start at
 * {@link io.deltacat.client.DeltaCatClient}.
 */
@NullMarked
package io.deltacat.client;

import org.jspecify.annotations.NullMarked;
