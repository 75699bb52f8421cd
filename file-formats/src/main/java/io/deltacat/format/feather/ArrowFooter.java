package io.deltacat.format.feather;

import io.deltacat.format.FormatException;
import io.deltacat.format.file.RandomAccessInput;
import io.deltacat.format.parquet.codec.LittleEndian;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.flatbuf.Block;
import org.apache.arrow.flatbuf.Endianness;
import org.apache.arrow.flatbuf.Footer;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What the end of an Arrow IPC file says: columns and where the batches are. Immutable.
 *
 * @param schema columns of the file
 * @param dictionaries where the dictionaries are
 * @param batches where the record batches are
 */
record ArrowFooter(Schema schema, List<ArrowBlock> dictionaries, List<ArrowBlock> batches) {
    static final byte[] MAGIC = "ARROW1".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] FEATHER_V1_MAGIC = "FEA1".getBytes(StandardCharsets.US_ASCII);
    private static final int TAIL_BYTES = Integer.BYTES + 6;
    private static final int HEAD_BYTES = 8;

    /** Read at once, which holds the whole footer of most files. */
    private static final int CHUNK_BYTES = 64 << 10;

    static ArrowFooter read(String file, RandomAccessInput input, long length) throws IOException {
        if (length < HEAD_BYTES + TAIL_BYTES) {
            throw corrupt(file, 0, "the file has " + length + " bytes, too few for Feather", null);
        }
        int chunk = (int) Math.min(length, CHUNK_BYTES);
        byte[] end = new byte[chunk];
        input.readFully(length - chunk, end, 0, chunk);
        if (!Arrays.equals(Arrays.copyOfRange(end, chunk - MAGIC.length, chunk), MAGIC)) {
            throw withoutMagic(file, input, length);
        }
        int footerLength = LittleEndian.getInt(end, chunk - TAIL_BYTES);
        long footerOffset = length - TAIL_BYTES - footerLength;
        if (footerLength <= 0 || footerOffset < HEAD_BYTES) {
            throw corrupt(file, length - TAIL_BYTES, "a footer of " + footerLength + " bytes", null);
        }
        byte[] footer = new byte[footerLength];
        if (footerLength <= chunk - TAIL_BYTES) {
            System.arraycopy(end, chunk - TAIL_BYTES - footerLength, footer, 0, footerLength);
        } else {
            input.readFully(footerOffset, footer, 0, footerLength);
        }
        try {
            return parse(Footer.getRootAsFooter(ByteBuffer.wrap(footer)), footerOffset);
        } catch (RuntimeException | StackOverflowError e) {
            throw corrupt(file, footerOffset, "the footer cannot be decoded: " + e.getMessage(), e);
        }
    }

    private static FormatException.CorruptFile withoutMagic(String file, RandomAccessInput input, long length)
            throws IOException {
        byte[] head = new byte[FEATHER_V1_MAGIC.length];
        input.readFully(0, head, 0, head.length);
        return Arrays.equals(head, FEATHER_V1_MAGIC)
                ? corrupt(file, 0, "the file is Feather version 1, expected version 2, which is Arrow IPC", null)
                : corrupt(file, length - TAIL_BYTES, "the file does not end with 'ARROW1'", null);
    }

    private static ArrowFooter parse(Footer footer, long limit) {
        org.apache.arrow.flatbuf.Schema schema = footer.schema();
        if (schema == null) {
            throw new MalformedArrowException("there is no schema");
        }
        if (schema.endianness() != Endianness.Little) {
            throw new MalformedArrowException("the file is big-endian, which is not supported");
        }
        List<ArrowBlock> dictionaries = new ArrayList<>();
        for (int i = 0; i < footer.dictionariesLength(); i++) {
            dictionaries.add(block(footer.dictionaries(i), limit));
        }
        List<ArrowBlock> batches = new ArrayList<>();
        for (int i = 0; i < footer.recordBatchesLength(); i++) {
            batches.add(block(footer.recordBatches(i), limit));
        }
        return new ArrowFooter(Schema.convertSchema(schema), List.copyOf(dictionaries), List.copyOf(batches));
    }

    private static ArrowBlock block(Block block, long limit) {
        long offset = block.offset();
        int metadata = block.metaDataLength();
        long body = block.bodyLength();
        boolean fits = offset >= HEAD_BYTES
                && offset <= limit
                && metadata > HEAD_BYTES
                && metadata <= limit - offset
                && body >= 0
                && body <= limit - offset - metadata;
        if (!fits) {
            throw new MalformedArrowException(
                    "a block at " + offset + " of " + metadata + " and " + body + " bytes lies outside the file");
        }
        return new ArrowBlock(offset, metadata, body);
    }

    private static FormatException.CorruptFile corrupt(
            String file, long offset, String problem, @Nullable Throwable cause) {
        return new FormatException.CorruptFile(file, null, offset, problem.replace('\n', ' '), cause);
    }
}
