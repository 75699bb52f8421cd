package io.deltacat.format.parquet.read;

import io.deltacat.format.FormatException;
import io.deltacat.format.parquet.codec.MalformedDataException;
import io.deltacat.format.parquet.schema.SchemaNode;
import java.io.EOFException;
import java.io.IOException;

/**
 * The untyped half of a stored column's reader: walks chunks and pages, and turns everything that goes wrong while
 * decoding into an error that names file, column and page. Confined to one thread.
 */
final class LeafReader {
    private final String file;
    private final SchemaNode.Leaf leaf;
    private final ValueReader values;
    private final ColumnBuffers buffers = new ColumnBuffers();

    LeafReader(String file, SchemaNode.Leaf leaf) {
        this.file = file;
        this.leaf = leaf;
        this.values = ValueReader.forLeaf(leaf);
    }

    /** A piece of decoding. */
    @FunctionalInterface
    interface Step {
        void run() throws IOException;
    }

    SchemaNode.Leaf leaf() {
        return leaf;
    }

    ValueReader values() {
        return values;
    }

    ColumnBuffers buffers() {
        return buffers;
    }

    /** Loads the data page whose header {@link #seekDataPage} found. */
    DataPage loadPage(PageSource pages) throws IOException {
        DataPage page = pages.readPage(maxRepetition(), leaf.presentDefinition());
        values.startPage(page.encoding(), page.data(), page.valuesStart(), page.end(), page.valueCount());
        return page;
    }

    /** Reads headers up to that of the next data page, and the dictionary if one comes before it. */
    void seekDataPage(PageSource pages) throws IOException {
        while (!pages.nextHeader()) {
            loadDictionary(pages);
        }
    }

    /**
     * Moves to the page that holds a row, and reads the dictionary if that is still to be done. Only where the source is
     * indexed.
     *
     * @return the page's first row
     */
    long jumpTo(PageSource pages, long row) throws IOException {
        while (pages.isBeforeDictionary()) {
            if (pages.nextHeader()) {
                throw new MalformedDataException("a data page where a dictionary is expected");
            }
            loadDictionary(pages);
        }
        return pages.jumpTo(row);
    }

    private void loadDictionary(PageSource pages) throws IOException {
        DataPage dictionary = pages.readDictionary();
        values.startDictionary(dictionary.data(), dictionary.valuesStart(), dictionary.end(), dictionary.valueCount());
    }

    /** Returns the highest repetition level of the column. */
    int maxRepetition() {
        return leaf.repetition();
    }

    /** Runs a piece of decoding of the current page. */
    void guard(PageSource pages, Step step) throws IOException {
        try {
            step.run();
        } catch (MalformedDataException e) {
            throw corrupt(pages, e.problem(), e);
        } catch (IndexOutOfBoundsException
                | NegativeArraySizeException
                | ArithmeticException
                | NumberFormatException e) {
            throw corrupt(pages, "the page does not decode (" + e.getMessage() + ")", e);
        } catch (EOFException e) {
            throw corrupt(pages, "the file ends inside of the page", e);
        }
    }

    private FormatException.CorruptFile corrupt(PageSource pages, String problem, Exception cause) {
        return new FormatException.CorruptFile(file, leaf.dottedPath(), pages.position(), problem, cause);
    }
}
