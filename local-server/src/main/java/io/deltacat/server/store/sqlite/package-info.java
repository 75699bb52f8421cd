/** The metadata store on SQLite, in SQL that PostgreSQL takes as well. */
@NullMarked
package io.deltacat.server.store.sqlite;

import org.jspecify.annotations.NullMarked;
