/**
 * How calls travel: one transport port, one place that turns replies into records or typed errors, one retry loop. Used
 * by the clients of this module; programs use those.
 */
@NullMarked
package io.deltacat.client.http;

import org.jspecify.annotations.NullMarked;
