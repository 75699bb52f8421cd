package io.deltacat.client.write;

/**
 * A default in the form in which vectors hold it, which needs no further conversion.
 *
 * @param value a {@code Boolean}, {@code Integer}, {@code Long}, {@code Float}, {@code Double} or {@code byte[]}
 */
record StoredDefault(Object value) {}
