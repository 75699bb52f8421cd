/** The processes and clusters that the quick start starts, and ends. */
@NullMarked
package io.deltacat.quickstart.cluster;

import org.jspecify.annotations.NullMarked;
