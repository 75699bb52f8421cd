package io.deltacat.format.convert;

/** What to do where a stored integer type is wider than the wanted one. */
public enum Narrowing {
    /** The types are incompatible. */
    REFUSED,
    /** Values that fit are converted; for formats that have fewer integer types than Arrow. */
    CHECKED
}
