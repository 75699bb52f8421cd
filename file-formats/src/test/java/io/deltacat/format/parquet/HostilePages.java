package io.deltacat.format.parquet;

import io.deltacat.format.MemoryFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Type;
import org.apache.parquet.format.Util;

/** Builds Parquet files of one column from pages as they are given, however little sense they make. */
final class HostilePages {
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();
    private final boolean inList;
    private long values;
    private long plainBytes;

    HostilePages(boolean inList) {
        this.inList = inList;
        content.writeBytes("PAR1".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
    }

    HostilePages dictionary(int count, byte[] body) throws IOException {
        PageHeader header = new PageHeader(PageType.DICTIONARY_PAGE, body.length, body.length);
        header.setDictionary_page_header(new DictionaryPageHeader(count, Encoding.PLAIN));
        return page(header, body);
    }

    HostilePages data(int count, Encoding encoding, byte[] body) throws IOException {
        PageHeader header = new PageHeader(PageType.DATA_PAGE, body.length, body.length);
        header.setData_page_header(new DataPageHeader(count, encoding, Encoding.RLE, Encoding.RLE));
        values += count;
        return page(header, body);
    }

    private HostilePages page(PageHeader header, byte[] body) throws IOException {
        int before = content.size();
        Util.writePageHeader(header, content);
        content.writeBytes(body);
        plainBytes += content.size() - before;
        return this;
    }

    MemoryFile file(long rows) throws IOException {
        List<SchemaElement> schema = new ArrayList<>();
        SchemaElement root = new SchemaElement("schema");
        root.setNum_children(1);
        schema.add(root);
        List<String> path = List.of("column");
        if (inList) {
            SchemaElement list = new SchemaElement("column");
            list.setRepetition_type(FieldRepetitionType.OPTIONAL);
            list.setConverted_type(ConvertedType.LIST);
            list.setNum_children(1);
            SchemaElement repeated = new SchemaElement("list");
            repeated.setRepetition_type(FieldRepetitionType.REPEATED);
            repeated.setNum_children(1);
            schema.add(list);
            schema.add(repeated);
            path = List.of("column", "list", "element");
        }
        SchemaElement leaf = new SchemaElement(path.get(path.size() - 1));
        leaf.setType(Type.BYTE_ARRAY);
        leaf.setRepetition_type(FieldRepetitionType.OPTIONAL);
        schema.add(leaf);
        ColumnMetaData metadata = new ColumnMetaData(
                Type.BYTE_ARRAY,
                List.of(Encoding.PLAIN),
                path,
                CompressionCodec.UNCOMPRESSED,
                values,
                plainBytes,
                content.size() - 4L,
                4);
        ColumnChunk chunk = new ColumnChunk(4);
        chunk.setMeta_data(metadata);
        FileMetaData footer =
                new FileMetaData(1, schema, rows, List.of(new RowGroup(List.of(chunk), plainBytes, rows)));
        int start = content.size();
        Util.writeFileMetaData(footer, content);
        content.writeBytes(little(content.size() - start));
        content.writeBytes("PAR1".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
        return new MemoryFile(content.toByteArray());
    }

    static byte[] little(int value) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array();
    }

    /** Returns a level stream of runs, each given by its length and value, behind its length. */
    static byte[] levels(int... runs) {
        byte[] encoded = runs(runs);
        return join(little(encoded.length), encoded);
    }

    /** Returns runs of values of up to eight bits, each given by its length and value. */
    static byte[] runs(int... runs) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < runs.length; i += 2) {
            varint(out, (long) runs[i] << 1);
            out.write(runs[i + 1]);
        }
        return out.toByteArray();
    }

    /** Returns so many equal numbers in the DELTA_BINARY_PACKED encoding, in as few bytes as that takes. */
    static byte[] equalDeltas(int count, int value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int block = 1 << 20;
        varint(out, block);
        varint(out, 1);
        varint(out, count);
        varint(out, 2L * value);
        for (long left = count - 1L; left > 0; left -= block) {
            out.write(0); // smallest difference
            out.write(0); // bits of each difference
        }
        return out.toByteArray();
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static void varint(ByteArrayOutputStream out, long value) {
        long left = value;
        while (left > 0x7f) {
            out.write((int) (left & 0x7f | 0x80));
            left >>>= 7;
        }
        out.write((int) left);
    }
}
