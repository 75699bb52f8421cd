/** Tests with real processes: the local server, the real Python client, and Flink as its users run it. */
package io.deltacat.e2e;
