package io.deltacat.client.read.merge;

import io.deltacat.client.model.DeltaType;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.arrow.vector.types.pojo.Schema;

/** The outcome of a merge: which rows of which files are alive. Immutable; may be read more than once. */
public final class MergedPartition {
    private final List<MergeDelta> deltas;
    private final List<DeadRows> dead;

    MergedPartition(List<MergeDelta> deltas, List<DeadRows> dead) {
        this.deltas = List.copyOf(deltas);
        this.dead = List.copyOf(dead);
    }

    /**
     * Reads the living rows, oldest delta first.
     *
     * @param columns the wanted columns
     * @return a reader that the caller closes
     */
    public MergedRows rows(Schema columns) {
        return new MergedRows(
                deltas.stream()
                        .filter(delta -> delta.type() != DeltaType.DELETE)
                        .toList(),
                IntStream.range(0, deltas.size())
                        .filter(i -> deltas.get(i).type() != DeltaType.DELETE)
                        .mapToObj(dead::get)
                        .toList(),
                columns);
    }
}
