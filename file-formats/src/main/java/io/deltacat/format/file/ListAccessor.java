package io.deltacat.format.file;

/**
 * Gets values out of a list. A list is read like a row whose columns are its positions: {@code getInt(list, 3)} is the
 * fourth element. All elements have one type, so {@link #structAccessor}, {@link #listAccessor} and {@link #mapAccessor}
 * return the same for every position and are asked with position 0, also when the list is empty.
 */
public interface ListAccessor extends RowAccessor<Object> {

    /** Returns the number of elements. */
    int size(Object list);
}
