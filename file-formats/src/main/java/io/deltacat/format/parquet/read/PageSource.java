package io.deltacat.format.parquet.read;

import static java.util.Objects.requireNonNull;

import io.deltacat.format.parquet.codec.MalformedDataException;
import io.deltacat.format.parquet.codec.PageDecompressor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.CRC32;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Util;
import org.jspecify.annotations.Nullable;

/**
 * Walks the pages of one column chunk: headers first, so that a page can be passed over without decompressing it.
 * Confined to one thread; the buffer of a page is reused by the next.
 */
final class PageSource {
    private static final int MIN_HEADER_FETCH = 64 << 10;
    private static final int MAX_PAGE_HEADER = 16 << 20;

    private final ChunkBytes bytes;
    private final ColumnChunkInfo chunk;
    private final PageDecompressor decompressor;
    private final ColumnBuffers buffers;
    private final @Nullable PageLocations locations;
    private final CRC32 checksum = new CRC32();
    private long valuesLeft;
    private PageHeader header = new PageHeader();
    private long headerPosition;
    private boolean beforeDictionary;
    private int nextPage;

    /**
     * @param bytes the bytes of the chunk
     * @param chunk the chunk
     * @param decompressor of the chunk's codec
     * @param buffers where decompressed pages go
     * @param locations where the pages are, to go from page to page by; null to go by their headers
     */
    PageSource(
            ChunkBytes bytes,
            ColumnChunkInfo chunk,
            PageDecompressor decompressor,
            ColumnBuffers buffers,
            @Nullable PageLocations locations) {
        this.bytes = bytes;
        this.chunk = chunk;
        this.decompressor = decompressor;
        this.buffers = buffers;
        this.valuesLeft = chunk.valueCount();
        this.headerPosition = chunk.start();
        this.locations = locations;
        this.beforeDictionary = locations != null && locations.offset(0) > chunk.start();
    }

    /** Returns whether it is known where the pages are, so that {@link #jumpTo} works and each page starts with a row. */
    boolean isIndexed() {
        return locations != null;
    }

    /** Returns whether a dictionary comes before the first page and has not been read. */
    boolean isBeforeDictionary() {
        return beforeDictionary;
    }

    /** Returns whether a row lies behind the page read last. Only where the source is indexed. */
    boolean isBehindPage(long row) {
        return requireNonNull(locations, "locations").pageOf(row) >= nextPage;
    }

    /**
     * Moves to the page that holds a row. Only where the source is indexed, and the dictionary has been read.
     *
     * @return the page's first row
     */
    long jumpTo(long row) {
        PageLocations pages = requireNonNull(locations, "locations");
        nextPage = pages.pageOf(row);
        return pages.firstRow(nextPage);
    }

    /** Returns the number of rows of the page read last. Only where the source is indexed. */
    long indexedRows() {
        PageLocations pages = requireNonNull(locations, "locations");
        return pages.endRow(nextPage - 1) - pages.firstRow(nextPage - 1);
    }

    /** Returns the offset in the file of the current page, for messages. */
    long position() {
        return headerPosition;
    }

    /** Returns whether no page is left, all values being accounted for. */
    boolean isAtEnd() {
        return locations != null ? nextPage == locations.pageCount() : valuesLeft == 0;
    }

    /**
     * Reads the header of the next dictionary or data page.
     *
     * @return true if it is a data page
     */
    boolean nextHeader() throws IOException {
        if (locations != null && !beforeDictionary) {
            bytes.jump(locations.offset(nextPage));
        }
        while (true) {
            headerPosition = bytes.position();
            readHeader();
            checkSizes();
            PageType type = header.getType();
            if (type == PageType.DICTIONARY_PAGE && header.isSetDictionary_page_header()) {
                beforeDictionary = false;
                return false;
            }
            if ((type == PageType.DATA_PAGE && header.isSetData_page_header())
                    || (type == PageType.DATA_PAGE_V2 && header.isSetData_page_header_v2())) {
                checkValueCount();
                checkPlace();
                return true;
            }
            if (type != PageType.INDEX_PAGE) {
                throw new MalformedDataException("a page of type " + type + " without its header");
            }
            bytes.advance(header.getCompressed_page_size());
        }
    }

    /** Returns the number of values of the dictionary whose header was just read. */
    int dictionarySize() {
        int count = header.getDictionary_page_header().getNum_values();
        Encoding encoding = header.getDictionary_page_header().getEncoding();
        if (count < 0 || (encoding != Encoding.PLAIN && encoding != Encoding.PLAIN_DICTIONARY)) {
            throw new MalformedDataException("a dictionary of " + count + " values in encoding " + encoding);
        }
        return count;
    }

    /** Returns the number of entries of the data page whose header was just read, nulls included. */
    int valueCount() {
        return isV2() ? v2().getNum_values() : v1().getNum_values();
    }

    /** Returns the number of rows of the page, or -1 if its header does not say. */
    int rowCount() {
        return isV2() ? v2().getNum_rows() : -1;
    }

    /** Passes over the current page. */
    void skipPage() {
        bytes.advance(header.getCompressed_page_size());
        passPage();
    }

    private void passPage() {
        if (locations == null) {
            valuesLeft -= valueCount(); // pages that are jumped over do not count
        }
        nextPage++;
    }

    /** Reads and decompresses the dictionary page whose header was just read. */
    DataPage readDictionary() throws IOException {
        return wholePage(Encoding.PLAIN, dictionarySize());
    }

    /**
     * Reads and decompresses the current data page.
     *
     * @param maxRepetition highest repetition level of the column
     * @param maxDefinition highest definition level of the column
     */
    DataPage readPage(int maxRepetition, int maxDefinition) throws IOException {
        int values = valueCount();
        passPage();
        if (locations != null && maxRepetition == 0 && values != indexedRows()) {
            throw new MalformedDataException("a page of " + values + " rows, the offset index says " + indexedRows());
        }
        if (isV2()) {
            return pageV2(values, v2());
        }
        DataPage page = wholePage(v1().getEncoding(), values);
        page.splitLevels(
                maxRepetition, v1().getRepetition_level_encoding(), maxDefinition, v1().getDefinition_level_encoding());
        return page;
    }

    private DataPage wholePage(Encoding encoding, int values) throws IOException {
        int stored = fetchPage();
        int size = header.getUncompressed_page_size();
        byte[] source = bytes.array();
        int start = bytes.arrayPosition();
        byte[] target = expand(source, start, stored, size, 0);
        bytes.advance(stored);
        return new DataPage(encoding, values, target, target == source ? start : 0, size);
    }

    private DataPage pageV2(int values, DataPageHeaderV2 v2) throws IOException {
        int stored = fetchPage();
        int size = header.getUncompressed_page_size();
        int repetitions = v2.getRepetition_levels_byte_length();
        int definitions = v2.getDefinition_levels_byte_length();
        if (repetitions < 0 || definitions < 0 || (long) repetitions + definitions > Math.min(stored, size)) {
            throw new MalformedDataException("levels of " + repetitions + " and " + definitions + " bytes in a page of "
                    + Math.min(stored, size));
        }
        int levels = repetitions + definitions;
        byte[] source = bytes.array();
        int start = bytes.arrayPosition();
        boolean compressed = !v2.isSetIs_compressed() || v2.isIs_compressed();
        byte[] target;
        int from;
        if (compressed) {
            target = expand(source, start + levels, stored - levels, size - levels, levels);
            from = target == source ? start : 0;
        } else {
            if (stored != size) {
                throw new MalformedDataException("an uncompressed page of " + stored + " bytes announces " + size);
            }
            target = source;
            from = start;
        }
        if (target != source) {
            System.arraycopy(source, start, target, 0, levels);
        }
        bytes.advance(stored);
        DataPage page = new DataPage(v2.getEncoding(), values, target, from, size);
        page.setLevels(repetitions, definitions);
        return page;
    }

    /** Makes the stored bytes of the page available and checks them if the header has a checksum. */
    private int fetchPage() throws IOException {
        int stored = header.getCompressed_page_size();
        if (stored > bytes.remaining()) {
            throw new MalformedDataException(
                    "a page of " + stored + " bytes, " + bytes.remaining() + " left in the column chunk");
        }
        bytes.fetch(stored);
        if (header.isSetCrc()) {
            checksum.reset();
            checksum.update(bytes.array(), bytes.arrayPosition(), stored);
            if ((int) checksum.getValue() != header.getCrc()) { // CRC-32 has 32 bits
                throw new MalformedDataException("the checksum of a page of " + stored + " bytes does not match");
            }
        }
        return stored;
    }

    /** Decompresses, or returns the source itself where nothing is compressed. */
    private byte[] expand(byte[] source, int start, int length, int size, int targetStart) {
        if (chunk.codec() == CompressionCodec.UNCOMPRESSED) {
            decompressor.checkSize(source, start, length, size);
            return source;
        }
        if (size == 0) {
            return buffers.page(targetStart);
        }
        decompressor.checkSize(source, start, length, size);
        byte[] target = buffers.page(Math.addExact(targetStart, size));
        decompressor.decompress(source, start, length, target, targetStart, size);
        return target;
    }

    private void readHeader() throws IOException {
        if (bytes.remaining() == 0) {
            throw new MalformedDataException("the column chunk ends, " + valuesLeft + " values are missing");
        }
        for (int wanted = MIN_HEADER_FETCH; ; wanted *= 4) {
            int available = bytes.fetch(wanted);
            ByteArrayInputStream in = new ByteArrayInputStream(bytes.array(), bytes.arrayPosition(), available);
            try {
                header = Util.readPageHeader(in);
                bytes.advance(available - in.available());
                return;
            } catch (IOException | RuntimeException e) {
                if (available >= bytes.remaining() || available >= MAX_PAGE_HEADER) {
                    throw new MalformedDataException("no valid page header", e);
                }
            }
        }
    }

    private void checkSizes() {
        int stored = header.getCompressed_page_size();
        int size = header.getUncompressed_page_size();
        if (stored < 0 || stored > bytes.remaining()) {
            throw new MalformedDataException(
                    "a page of " + stored + " bytes, " + bytes.remaining() + " left in the column chunk");
        }
        if (size < 0 || size > chunk.uncompressedLength()) {
            throw new MalformedDataException(
                    "a page of " + size + " decompressed bytes in a column chunk of " + chunk.uncompressedLength());
        }
    }

    private void checkValueCount() {
        int values = valueCount();
        if (values < 0 || values > valuesLeft) {
            throw new MalformedDataException(
                    "a page of " + values + " values, " + valuesLeft + " left in the column chunk");
        }
        if (isV2() && (v2().getNum_rows() < 0 || v2().getNum_rows() > values)) {
            throw new MalformedDataException("a page of " + v2().getNum_rows() + " rows and " + values + " values");
        }
    }

    private void checkPlace() {
        if (locations != null && (beforeDictionary || headerPosition != locations.offset(nextPage))) {
            throw new MalformedDataException("a data page at a place where the offset index has none");
        }
    }

    private boolean isV2() {
        return header.getType() == PageType.DATA_PAGE_V2;
    }

    private DataPageHeader v1() {
        return header.getData_page_header();
    }

    private DataPageHeaderV2 v2() {
        return header.getData_page_header_v2();
    }
}
