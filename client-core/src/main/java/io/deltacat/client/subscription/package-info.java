/** Subscriptions and their watermarks. */
@NullMarked
package io.deltacat.client.subscription;

import org.jspecify.annotations.NullMarked;
