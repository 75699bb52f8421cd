package io.deltacat.format.parquet.read;

import io.deltacat.format.batch.ColumnVector;
import io.deltacat.format.parquet.codec.MalformedDataException;
import io.deltacat.format.parquet.schema.SchemaNode;
import org.apache.parquet.format.Encoding;

/**
 * The typed half of a stored column's reader: knows dictionaries, encodings and arrays, but neither levels nor pages.
 * Confined to one thread.
 */
abstract class ValueReader {

    /** Creates the reader for a column's physical type. */
    static ValueReader forLeaf(SchemaNode.Leaf leaf) {
        return switch (leaf.physicalType()) {
            case BOOLEAN -> new PrimitiveReader.Booleans();
            case INT32 -> new PrimitiveReader.Ints();
            case INT64 -> new PrimitiveReader.Longs();
            case FLOAT -> new PrimitiveReader.Floats();
            case DOUBLE -> new PrimitiveReader.Doubles();
            case BYTE_ARRAY -> new BytesReader(0);
            case FIXED_LEN_BYTE_ARRAY, INT96 -> new BytesReader(leaf.typeLength());
        };
    }

    /** Returns a new vector of the class this reader fills. */
    abstract ColumnVector newVector();

    /** Forgets the dictionary of the column chunk before. */
    abstract void startChunk();

    /** Decodes the dictionary of a column chunk. */
    abstract void startDictionary(byte[] data, int from, int to, int count);

    /**
     * Starts at the values of a page.
     *
     * @param count entries of the page, nulls included
     */
    abstract void startPage(Encoding encoding, byte[] data, int from, int to, int count);

    /**
     * Prepares a vector, already reset, for values from its first row on.
     *
     * @param rows rows of the batch, which say how much it may hold
     */
    abstract void begin(ColumnVector target, int rows);

    /** Decodes values into consecutive rows. */
    abstract void read(ColumnVector target, int offset, int count);

    /** Passes over values. */
    abstract void skip(int count);

    /**
     * Moves values that lie dense at the start of a range of rows to the rows that are present.
     *
     * @param target vector whose validity is already set for the range
     * @param offset first row of the range
     * @param rows rows of the range
     * @param present number of present rows, which is the number of dense values
     */
    abstract void spread(ColumnVector target, int offset, int rows, int present);

    static MalformedDataException unsupported(Encoding encoding, String type) {
        return new MalformedDataException("encoding " + encoding + " is not defined for values of type " + type);
    }
}
