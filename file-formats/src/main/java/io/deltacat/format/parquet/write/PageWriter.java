package io.deltacat.format.parquet.write;

import io.deltacat.format.file.FileOutput;
import io.deltacat.format.parquet.codec.PageCompressor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.OffsetIndex;
import org.apache.parquet.format.PageEncodingStats;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageLocation;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Util;
import org.jspecify.annotations.Nullable;

/**
 * Compresses the pages of one column chunk, keeps them until the row group ends and writes them out: the part of a column
 * that knows nothing of its type. Confined to one thread.
 */
final class PageWriter {
    private final CompressionCodec codec;
    private final PageCompressor compressor;
    private final CRC32 checksum = new CRC32();
    private final List<Page> pages = new ArrayList<>();
    private @Nullable Page dictionary;
    private long storedBytes;
    private long plainBytes;
    private long entries;

    /**
     * A page ready to be written.
     *
     * @param header encoded header
     * @param body compressed content
     * @param firstRow index in the row group of its first row
     * @param encoding of its values
     */
    private record Page(byte[] header, byte[] body, long firstRow, Encoding encoding) {
        int length() {
            return header.length + body.length;
        }
    }

    /**
     * A finished chunk.
     *
     * @param chunk its entry of the footer, without statistics
     * @param offsets where its pages are
     */
    record Written(ColumnChunk chunk, OffsetIndex offsets) {}

    PageWriter(CompressionCodec codec, PageCompressor compressor) {
        this.codec = codec;
        this.compressor = compressor;
    }

    /** Returns the bytes of all pages of the chunk so far, as they will be stored. */
    long storedBytes() {
        return storedBytes;
    }

    /** Returns the bytes of all pages of the chunk so far before compression. */
    long plainBytes() {
        return plainBytes;
    }

    /** Returns the number of data pages of the chunk so far. */
    int pageCount() {
        return pages.size();
    }

    /**
     * Adds a data page.
     *
     * @param content levels and values
     * @param encoding of the values
     * @param pageEntries entries, nulls included
     * @param firstRow index in the row group of its first row
     */
    void add(GrowingBytes content, Encoding encoding, int pageEntries, long firstRow) {
        PageHeader header = new PageHeader(PageType.DATA_PAGE, content.length(), 0);
        header.setData_page_header(new DataPageHeader(pageEntries, encoding, Encoding.RLE, Encoding.RLE));
        pages.add(page(header, content, firstRow, encoding));
        entries += pageEntries;
    }

    /**
     * Sets the dictionary page, before the chunk is written.
     *
     * @param content the distinct values
     * @param values how many
     */
    void dictionary(GrowingBytes content, int values) {
        PageHeader header = new PageHeader(PageType.DICTIONARY_PAGE, content.length(), 0);
        header.setDictionary_page_header(new DictionaryPageHeader(values, Encoding.PLAIN));
        dictionary = page(header, content, 0, Encoding.PLAIN);
    }

    private Page page(PageHeader header, GrowingBytes content, long firstRow, Encoding encoding) {
        byte[] body = compressor.compress(content.array(), 0, content.length());
        checksum.reset();
        checksum.update(body);
        header.setCompressed_page_size(body.length);
        header.setCrc((int) checksum.getValue()); // CRC-32 has 32 bits
        GrowingBytes encoded = new GrowingBytes();
        try {
            Util.writePageHeader(header, encoded);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        Page page = new Page(encoded.copy(), body, firstRow, encoding);
        storedBytes += page.length();
        plainBytes += page.header().length + content.length();
        return page;
    }

    /**
     * Writes the chunk and forgets it.
     *
     * @param spec the column
     * @param output the file
     */
    Written write(LeafSpec spec, FileOutput output) throws IOException {
        long start = output.position();
        Set<Encoding> encodings = EnumSet.of(Encoding.RLE);
        List<PageEncodingStats> encodingStats = new ArrayList<>();
        if (dictionary != null) {
            write(dictionary, output);
            encodings.add(Encoding.PLAIN);
            encodingStats.add(new PageEncodingStats(PageType.DICTIONARY_PAGE, Encoding.PLAIN, 1));
        }
        long firstData = output.position();
        List<PageLocation> locations = new ArrayList<>();
        int dictionaryPages = 0;
        for (Page page : pages) {
            locations.add(new PageLocation(output.position(), page.length(), page.firstRow()));
            write(page, output);
            encodings.add(page.encoding());
            dictionaryPages += page.encoding() == Encoding.RLE_DICTIONARY ? 1 : 0;
        }
        if (dictionaryPages > 0) {
            encodingStats.add(new PageEncodingStats(PageType.DATA_PAGE, Encoding.RLE_DICTIONARY, dictionaryPages));
        }
        if (pages.size() > dictionaryPages) {
            encodingStats.add(
                    new PageEncodingStats(PageType.DATA_PAGE, Encoding.PLAIN, pages.size() - dictionaryPages));
        }
        ColumnMetaData metadata = new ColumnMetaData(
                spec.type(),
                List.copyOf(encodings),
                spec.path(),
                codec,
                entries,
                plainBytes,
                output.position() - start,
                firstData);
        if (dictionary != null) {
            metadata.setDictionary_page_offset(start);
        }
        metadata.setEncoding_stats(encodingStats);
        ColumnChunk chunk = new ColumnChunk(0);
        chunk.setMeta_data(metadata);
        clear();
        return new Written(chunk, new OffsetIndex(locations));
    }

    private void clear() {
        pages.clear();
        dictionary = null;
        storedBytes = 0;
        plainBytes = 0;
        entries = 0;
    }

    private static void write(Page page, FileOutput output) throws IOException {
        output.write(page.header());
        output.write(page.body());
    }
}
