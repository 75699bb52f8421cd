package io.deltacat.format.batch;

/** Something that is read by column index out of vectors: a row of a batch, a struct, or a list, whose columns are positions. */
abstract sealed class VectorRow permits BatchRow, VectorRow.Struct, VectorRow.Elements {

    abstract ColumnVector vector(int column);

    abstract int index(int column);

    /** A struct in a vector. */
    static final class Struct extends VectorRow {
        private final StructVector structs;
        private final int row;

        Struct(StructVector structs, int row) {
            this.structs = structs;
            this.row = row;
        }

        @Override
        ColumnVector vector(int column) {
            return structs.child(column);
        }

        @Override
        int index(int column) {
            return row;
        }
    }

    /** Consecutive elements of a vector. */
    static final class Elements extends VectorRow {
        private final ColumnVector elements;
        private final int start;
        private final int length;

        Elements(ColumnVector elements, int start, int length) {
            this.elements = elements;
            this.start = start;
            this.length = length;
        }

        int length() {
            return length;
        }

        @Override
        ColumnVector vector(int column) {
            return elements;
        }

        @Override
        int index(int column) {
            return start + column;
        }
    }

    /** The keys and values of a map. */
    record Entries(Elements keys, Elements values) {}
}
