package io.deltacat.format.parquet.read;

import io.deltacat.format.FormatException;
import io.deltacat.format.file.RandomAccessInput;
import io.deltacat.format.parquet.codec.LittleEndian;
import io.deltacat.format.parquet.codec.MalformedDataException;
import io.deltacat.format.parquet.codec.PageCodecs;
import io.deltacat.format.parquet.schema.EmbeddedSchema;
import io.deltacat.format.parquet.schema.FileSchema;
import io.deltacat.format.parquet.schema.SchemaDecoder;
import io.deltacat.format.parquet.schema.SchemaNode;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.ColumnOrder;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.KeyValue;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;

/**
 * Reads the footer of a Parquet file with one or two requests and checks everything that later code relies on. Used once
 * per file.
 */
final class FooterReader {
    private static final int TRAILER_BYTES = 8;
    private static final String MAGIC = "PAR1";
    private static final String ENCRYPTED_MAGIC = "PARE";

    private final String file;
    private final RandomAccessInput input;
    private final long fileLength;
    private long footerStart;

    private FooterReader(String file, RandomAccessInput input, long fileLength) {
        this.file = file;
        this.input = input;
        this.fileLength = fileLength;
        this.footerStart = Math.max(0, fileLength - TRAILER_BYTES);
    }

    /**
     * Reads a footer.
     *
     * @param file location, for messages
     * @param input the open file
     * @param fileLength bytes of the file
     * @throws FormatException.CorruptFile if the file is not a whole Parquet file
     * @throws FormatException.UnsupportedType if it is encrypted or has columns in a codec we do not know
     */
    static Footer read(String file, RandomAccessInput input, long fileLength) throws IOException {
        FooterReader reader = new FooterReader(file, input, fileLength);
        try {
            return reader.decode(reader.readMetadata());
        } catch (MalformedDataException e) {
            throw new FormatException.CorruptFile(file, null, reader.footerStart, e.problem(), e);
        } catch (EOFException e) {
            throw new FormatException.CorruptFile(
                    file, null, reader.footerStart, "the file ends before byte " + fileLength, e);
        }
    }

    private FileMetaData readMetadata() throws IOException {
        if (fileLength < MAGIC.length() + TRAILER_BYTES) {
            throw new MalformedDataException("a Parquet file has at least 12 bytes, this one has " + fileLength);
        }
        int tailLength = (int) Math.min(fileLength, TailInput.TAIL_BYTES); // at most TAIL_BYTES
        byte[] tail = new byte[tailLength];
        input.readFully(fileLength - tailLength, tail, 0, tailLength);
        String magic = new String(tail, tailLength - 4, 4, StandardCharsets.ISO_8859_1);
        if (magic.equals(ENCRYPTED_MAGIC)) {
            throw new FormatException.UnsupportedType(
                    file, "(all)", "encrypted Parquet", "Write the file without encryption.");
        }
        if (!magic.equals(MAGIC)) {
            throw new MalformedDataException("the file does not end with the magic bytes 'PAR1'");
        }
        int footerLength = LittleEndian.getInt(tail, tailLength - TRAILER_BYTES);
        if (footerLength < 0 || footerLength > fileLength - TRAILER_BYTES - MAGIC.length()) {
            throw new MalformedDataException(
                    "a footer of " + footerLength + " bytes in a file of " + fileLength + " bytes");
        }
        footerStart = fileLength - TRAILER_BYTES - footerLength;
        byte[] bytes = tail;
        int start = tailLength - TRAILER_BYTES - footerLength;
        if (start < 0) {
            bytes = new byte[footerLength];
            start = 0;
            input.readFully(footerStart, bytes, 0, footerLength);
        }
        try {
            return Util.readFileMetaData(new ByteArrayInputStream(bytes, start, footerLength));
        } catch (IOException | RuntimeException e) {
            throw new MalformedDataException("the footer of " + footerLength + " bytes does not decode", e);
        }
    }

    private Footer decode(FileMetaData metadata) {
        FileSchema schema = SchemaDecoder.decode(metadata.getSchema());
        if (metadata.isSetKey_value_metadata()) {
            for (KeyValue entry : metadata.getKey_value_metadata()) {
                if (entry.getKey().equals(EmbeddedSchema.METADATA_KEY) && entry.isSetValue()) {
                    schema = EmbeddedSchema.apply(schema, entry.getValue());
                }
            }
        }
        List<ColumnOrder> orders = metadata.isSetColumn_orders() ? metadata.getColumn_orders() : List.of();
        List<RowGroupInfo> rowGroups = new ArrayList<>();
        long rows = 0;
        for (RowGroup rowGroup : metadata.getRow_groups()) {
            RowGroupInfo info = rowGroup(schema, rowGroup, orders);
            rowGroups.add(info);
            rows = addRows(rows, info.rowCount());
        }
        if (rows != metadata.getNum_rows()) {
            throw new MalformedDataException(
                    "the file announces " + metadata.getNum_rows() + " rows, its row groups have " + rows);
        }
        return new Footer(schema, rowGroups, rows);
    }

    private static long addRows(long rows, long more) {
        if (more > Long.MAX_VALUE - rows) {
            throw new MalformedDataException("the row groups announce more than 2^63 rows");
        }
        return rows + more;
    }

    private RowGroupInfo rowGroup(FileSchema schema, RowGroup rowGroup, List<ColumnOrder> orders) {
        long rows = rowGroup.getNum_rows();
        List<ColumnChunk> columns = rowGroup.getColumns();
        if (rows < 0 || columns.size() != schema.leaves().size()) {
            throw new MalformedDataException("a row group of " + rows + " rows and " + columns.size()
                    + " columns, the schema has " + schema.leaves().size());
        }
        List<ColumnChunkInfo> chunks = new ArrayList<>();
        for (SchemaNode.Leaf leaf : schema.leaves()) {
            boolean ordered =
                    leaf.index() < orders.size() && orders.get(leaf.index()).isSetTYPE_ORDER();
            chunks.add(chunk(leaf, columns.get(leaf.index()), rows, ordered));
        }
        return new RowGroupInfo(rows, chunks);
    }

    private ColumnChunkInfo chunk(SchemaNode.Leaf leaf, ColumnChunk column, long rows, boolean ordered) {
        String name = leaf.dottedPath();
        if (column.isSetFile_path()) {
            throw new MalformedDataException("column '" + name + "' is stored in another file");
        }
        if (!column.isSetMeta_data()) {
            throw new MalformedDataException("column '" + name + "' has no metadata");
        }
        ColumnMetaData metadata = column.getMeta_data();
        long start = metadata.getData_page_offset();
        if (metadata.isSetDictionary_page_offset() && metadata.getDictionary_page_offset() > 0) {
            start = Math.min(start, metadata.getDictionary_page_offset());
        }
        long length = metadata.getTotal_compressed_size();
        if (start < MAGIC.length() || length < 0 || length > footerStart - start) {
            throw new MalformedDataException("column '" + name + "' lies from byte " + start + " over " + length
                    + " bytes, the data ends at byte " + footerStart);
        }
        if (metadata.getType() != leaf.physicalType()) {
            throw new MalformedDataException("column '" + name + "' is stored as " + metadata.getType()
                    + ", the schema says " + leaf.physicalType());
        }
        long values = metadata.getNum_values();
        if (values < rows || (leaf.repetition() == 0 && values != rows)) {
            throw new MalformedDataException(
                    "column '" + name + "' has " + values + " values in a row group of " + rows + " rows");
        }
        if (metadata.getCodec() == null || !PageCodecs.isSupported(metadata.getCodec())) {
            throw new FormatException.UnsupportedType(
                    file, name, "codec " + metadata.getCodec(), "Write the file with zstd, snappy, gzip or lz4.");
        }
        return new ColumnChunkInfo(
                start,
                length,
                Math.max(0, metadata.getTotal_uncompressed_size()),
                values,
                metadata.getCodec(),
                hints(name, column, ordered));
    }

    private ColumnChunkInfo.Hints hints(String name, ColumnChunk column, boolean ordered) {
        ColumnMetaData metadata = column.getMeta_data();
        return new ColumnChunkInfo.Hints(
                ordered,
                metadata.isSetStatistics() ? metadata.getStatistics() : null,
                column.isSetColumn_index_offset() && column.isSetColumn_index_length()
                        ? index(name, column.getColumn_index_offset(), column.getColumn_index_length())
                        : null,
                column.isSetOffset_index_offset() && column.isSetOffset_index_length()
                        ? index(name, column.getOffset_index_offset(), column.getOffset_index_length())
                        : null);
    }

    private ByteSpan index(String name, long start, int length) {
        if (start < MAGIC.length() || length < 0 || length > footerStart - start) {
            throw new MalformedDataException("a page index of column '" + name + "' lies from byte " + start + " over "
                    + length + " bytes, the data ends at byte " + footerStart);
        }
        return new ByteSpan(start, start + length);
    }
}
