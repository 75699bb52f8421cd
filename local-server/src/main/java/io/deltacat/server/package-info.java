/** The local DeltaCAT server: how to start one in process or from the command line. */
@NullMarked
package io.deltacat.server;

import org.jspecify.annotations.NullMarked;
