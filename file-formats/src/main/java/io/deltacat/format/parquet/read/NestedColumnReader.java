package io.deltacat.format.parquet.read;

import io.deltacat.format.batch.ColumnVector;
import java.io.IOException;
import java.util.List;

/**
 * Reads a struct, list or map: the levels and values of all its stored columns, from which vectors are assembled from the
 * outside in. Structure that two columns share is taken from the first and checked against the others.
 */
final class NestedColumnReader implements ColumnReader {
    private final List<NestedLeaf> leaves;
    private final NodeAssembler root;

    /**
     * @param leaves the stored columns that are read, one or more
     * @param root assembles the top-level vector
     */
    NestedColumnReader(List<NestedLeaf> leaves, NodeAssembler root) {
        this.leaves = List.copyOf(leaves);
        this.root = root;
    }

    @Override
    public void startRowGroup(RowGroupPages rowGroup) {
        leaves.forEach(leaf -> leaf.startRowGroup(rowGroup));
    }

    @Override
    public void read(ColumnVector target, int rows) throws IOException {
        for (NestedLeaf leaf : leaves) {
            leaf.read(rows);
        }
        leaves.get(0).guard(() -> root.assemble(target, rows));
    }

    @Override
    public void endRowGroup() throws IOException {
        for (NestedLeaf leaf : leaves) {
            leaf.checkEnd();
        }
    }

    @Override
    public void skip(long rows) throws IOException {
        for (NestedLeaf leaf : leaves) {
            leaf.skip(rows);
        }
    }
}
