package io.deltacat.format.parquet.write;

import io.deltacat.format.file.FileOutput;
import io.deltacat.format.parquet.schema.EmbeddedSchema;
import io.deltacat.format.schema.ArrowSchemas;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnOrder;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.KeyValue;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.TypeDefinedOrder;
import org.apache.parquet.format.Util;

/**
 * Writes row groups, remembers where they are, and writes page indexes and footer at the end of the file. Confined to one
 * thread.
 */
final class FooterWriter {

    /** What a Parquet file starts and ends with. */
    static final String MAGIC = "PAR1";

    private static final int FORMAT_VERSION = 2;
    private static final String CREATED_BY = "deltacat-file-formats version 0.1.0 (build 1)";

    private final Schema schema;
    private final SchemaEncoder.Encoded encoded;
    private final List<RowGroup> rowGroups = new ArrayList<>();
    private final List<LeafWriter.Finished> chunks = new ArrayList<>();

    FooterWriter(Schema schema, SchemaEncoder.Encoded encoded) {
        this.schema = schema;
        this.encoded = encoded;
    }

    /**
     * Writes the pages of all columns as one row group.
     *
     * @param leaves the stored columns
     * @param rows rows of the row group
     * @param output the file
     */
    void writeRowGroup(List<LeafWriter> leaves, long rows, FileOutput output) throws IOException {
        long start = output.position();
        long plainBytes = 0;
        List<ColumnChunk> columns = new ArrayList<>();
        for (LeafWriter leaf : leaves) {
            LeafWriter.Finished finished = leaf.writeChunk(output);
            chunks.add(finished);
            columns.add(finished.chunk());
            plainBytes += finished.chunk().getMeta_data().getTotal_uncompressed_size();
        }
        RowGroup rowGroup = new RowGroup(columns, plainBytes, rows);
        rowGroup.setFile_offset(start);
        rowGroup.setTotal_compressed_size(output.position() - start);
        if (rowGroups.size() <= Short.MAX_VALUE) {
            rowGroup.setOrdinal((short) rowGroups.size()); // checked above
        }
        rowGroups.add(rowGroup);
    }

    /**
     * Writes everything behind the row groups.
     *
     * @param rows rows of the file
     * @param output the file
     */
    void finish(long rows, FileOutput output) throws IOException {
        writeIndexes(output);
        FileMetaData metadata = new FileMetaData(FORMAT_VERSION, encoded.elements(), rows, rowGroups);
        metadata.setCreated_by(CREATED_BY);
        List<KeyValue> entries = new ArrayList<>();
        KeyValue arrow = new KeyValue(EmbeddedSchema.METADATA_KEY);
        arrow.setValue(ArrowSchemas.toBase64(schema));
        entries.add(arrow);
        metadata.setKey_value_metadata(entries);
        List<ColumnOrder> orders = new ArrayList<>();
        encoded.leaves().forEach(leaf -> orders.add(ColumnOrder.TYPE_ORDER(new TypeDefinedOrder())));
        metadata.setColumn_orders(orders);
        GrowingBytes tail = new GrowingBytes();
        Util.writeFileMetaData(metadata, tail);
        tail.putInt(tail.length());
        tail.write(MAGIC.getBytes(StandardCharsets.ISO_8859_1), 0, MAGIC.length());
        output.write(tail.array(), 0, tail.length());
    }

    private void writeIndexes(FileOutput output) throws IOException {
        for (LeafWriter.Finished finished : chunks) {
            if (finished.columnIndex() != null) {
                long start = output.position();
                Util.writeColumnIndex(finished.columnIndex(), output);
                finished.chunk().setColumn_index_offset(start);
                finished.chunk().setColumn_index_length(Math.toIntExact(output.position() - start));
            }
        }
        for (LeafWriter.Finished finished : chunks) {
            long start = output.position();
            Util.writeOffsetIndex(finished.offsetIndex(), output);
            finished.chunk().setOffset_index_offset(start);
            finished.chunk().setOffset_index_length(Math.toIntExact(output.position() - start));
        }
    }
}
