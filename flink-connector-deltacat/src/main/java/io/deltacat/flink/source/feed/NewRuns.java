package io.deltacat.flink.source.feed;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.annotation.Internal;

/** Groups neighbouring new positions of an ascending listing into ranges, so each range is one further listing. */
@Internal
final class NewRuns {
    private final List<Run> runs = new ArrayList<>();
    private boolean open;
    private int newDeltas;

    /** Takes the next position of the listing. */
    void next(long position, boolean isNew) {
        if (!isNew) {
            open = false;
            return;
        }
        newDeltas++;
        if (open) {
            int last = runs.size() - 1;
            runs.set(last, new Run(runs.get(last).first(), position));
        } else {
            runs.add(new Run(position, position));
            open = true;
        }
    }

    /** Returns the ranges, ascending. */
    List<Run> runs() {
        return runs;
    }

    /** Returns how many positions were new. */
    int newDeltas() {
        return newDeltas;
    }

    /** Positions from first to last, both inclusive. */
    record Run(long first, long last) {}
}
