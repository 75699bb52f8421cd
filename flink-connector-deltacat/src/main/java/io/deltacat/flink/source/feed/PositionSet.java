package io.deltacat.flink.source.feed;

import java.util.Arrays;
import java.util.Collection;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;
import org.apache.flink.annotation.Internal;

/** An immutable set of stream positions, kept as one sorted array: eight bytes for each position. */
@Internal
public final class PositionSet {
    private static final PositionSet EMPTY = new PositionSet(new long[0]);

    private final long[] sorted;

    private PositionSet(long[] sorted) {
        this.sorted = sorted;
    }

    /**
     * Returns the set without elements.
     *
     * @return the empty set
     */
    public static PositionSet empty() {
        return EMPTY;
    }

    /**
     * Builds a set.
     *
     * @param positions the elements in any order, repetitions allowed
     * @return the set
     */
    public static PositionSet of(long... positions) {
        return positions.length == 0
                ? EMPTY
                : new PositionSet(LongStream.of(positions).sorted().distinct().toArray());
    }

    /**
     * Tells whether a position is in the set.
     *
     * @param position the position
     * @return whether it is an element
     */
    public boolean contains(long position) {
        return Arrays.binarySearch(sorted, position) >= 0;
    }

    /**
     * Adds positions.
     *
     * @param positions new elements; those already present are ignored
     * @return the larger set, or this one when nothing was new
     */
    public PositionSet with(Collection<Long> positions) {
        if (positions.isEmpty()) {
            return this;
        }
        return union(of(positions.stream().mapToLong(Long::longValue).toArray()));
    }

    /**
     * Joins two sets.
     *
     * @param other the other set
     * @return elements of either, or this set when the other adds nothing
     */
    public PositionSet union(PositionSet other) {
        if (other.sorted.length == 0) {
            return this;
        }
        PositionSet joined = of(LongStream.concat(LongStream.of(sorted), LongStream.of(other.sorted))
                .toArray());
        return joined.size() == size() ? this : joined;
    }

    /**
     * Takes positions away.
     *
     * @param positions elements to leave out
     * @return the smaller set, or this one when nothing was taken
     */
    public PositionSet without(PositionSet positions) {
        if (positions.sorted.length == 0 || sorted.length == 0) {
            return this;
        }
        return filter(position -> !positions.contains(position));
    }

    /**
     * Keeps some positions.
     *
     * @param kept which elements stay
     * @return the smaller set, or this one when all stay
     */
    public PositionSet filter(LongPredicate kept) {
        long[] rest = LongStream.of(sorted).filter(kept).toArray();
        return rest.length == sorted.length ? this : new PositionSet(rest);
    }

    /**
     * Returns the number of elements.
     *
     * @return the size
     */
    public int size() {
        return sorted.length;
    }

    /**
     * Tells whether there are no elements.
     *
     * @return whether the size is 0
     */
    public boolean isEmpty() {
        return sorted.length == 0;
    }

    /**
     * Returns the element at an index.
     *
     * @param index 0 to size - 1
     * @return the element; elements ascend with the index
     */
    public long at(int index) {
        return sorted[index];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PositionSet set && Arrays.equals(sorted, set.sorted);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sorted);
    }

    @Override
    public String toString() {
        return sorted.length <= 8 ? Arrays.toString(sorted) : "[" + sorted.length + " positions]";
    }
}
