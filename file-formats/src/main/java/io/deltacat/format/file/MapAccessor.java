package io.deltacat.format.file;

/** Gets keys and values out of a map, as two lists of equal size. */
public interface MapAccessor {

    /** Returns the keys of a map, to be read with {@link #keyAccessor()}; none may be null. */
    Object keys(Object map);

    /** Returns the values of a map in the order of its keys, to be read with {@link #valueAccessor()}. */
    Object values(Object map);

    /** Returns how to read the keys. Called once, when a file is opened. */
    ListAccessor keyAccessor();

    /** Returns how to read the values. Called once, when a file is opened. */
    ListAccessor valueAccessor();
}
