/**
 * Wire records of the DeltaCAT protocol, one for each body of {@code openapi-0.1.67.json} that this project speaks.
 * Component names are the wire names in camel case. A component without {@code @Nullable} is required by the protocol or
 * has a default; an absent list or map that may not be null is empty. Unknown reply keys are ignored.
 */
@NullMarked
package io.deltacat.client.model;

import org.jspecify.annotations.NullMarked;
