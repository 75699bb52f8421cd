/** Use cases: one store transaction per method, decisions taken from the machines. */
@NullMarked
package io.deltacat.server.service;

import org.jspecify.annotations.NullMarked;
