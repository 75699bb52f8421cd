/** Server transactions and write sessions, and how a commit whose reply was lost is settled. */
@NullMarked
package io.deltacat.client.transaction;

import org.jspecify.annotations.NullMarked;
