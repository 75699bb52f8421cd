package io.deltacat.format.avro;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import io.deltacat.format.FormatException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.xerial.snappy.Snappy;

/** Compresses and decompresses the blocks of Avro files. Immutable. */
enum BlockCodec {
    NULL("null"),
    DEFLATE("deflate"),
    SNAPPY("snappy"),
    ZSTANDARD("zstandard");

    /** Larger blocks are refused after decompression: no writer makes them, but a few hostile bytes can. */
    static final int MAX_DECOMPRESSED_BYTES = 256 << 20;

    private static final int CRC_BYTES = 4;

    private final String avroName;

    BlockCodec(String avroName) {
        this.avroName = avroName;
    }

    String avroName() {
        return avroName;
    }

    static BlockCodec named(String file, String name) {
        for (BlockCodec codec : values()) {
            if (codec.avroName.equals(name)) {
                return codec;
            }
        }
        throw new FormatException.CorruptFile(
                file, null, -1, "codec '" + name + "' is not one of null, deflate, snappy, zstandard", null);
    }

    /** Points an input at the decompressed block. */
    void decompress(byte[] block, int length, AvroInput target) throws IOException {
        switch (this) {
            case NULL -> target.reset(block, 0, length);
            case DEFLATE -> {
                Inflater inflater = new Inflater(true);
                try (InputStream stream =
                        new InflaterInputStream(new ByteArrayInputStream(block, 0, length), inflater, 8 << 10)) {
                    drain(stream, length, target);
                } finally {
                    inflater.end();
                }
            }
            case ZSTANDARD -> {
                try (InputStream stream = new ZstdInputStreamNoFinalizer(new ByteArrayInputStream(block, 0, length))) {
                    drain(stream, length, target);
                }
            }
            case SNAPPY -> snappy(block, length, target);
        }
    }

    /** Returns the compressed block; only for the codecs that are written. */
    static byte[] deflate(byte[] block, int length) {
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        try {
            deflater.setInput(block, 0, length);
            deflater.finish();
            byte[] target = new byte[Math.max(64, length / 2)];
            int size = 0;
            while (!deflater.finished()) {
                if (size == target.length) {
                    target = Arrays.copyOf(target, Math.multiplyExact(2, size));
                }
                size += deflater.deflate(target, size, target.length - size);
            }
            return Arrays.copyOf(target, size);
        } finally {
            deflater.end();
        }
    }

    private static void drain(InputStream stream, int compressed, AvroInput target) throws IOException {
        byte[] plain = new byte[Math.max(1024, Math.min(MAX_DECOMPRESSED_BYTES, 4 * Math.min(compressed, 1 << 26)))];
        int size = 0;
        int read;
        while ((read = stream.read(plain, size, plain.length - size)) >= 0) {
            size += read;
            if (size == plain.length) {
                if (size == MAX_DECOMPRESSED_BYTES) {
                    throw tooLarge();
                }
                plain = Arrays.copyOf(plain, Math.min(MAX_DECOMPRESSED_BYTES, 2 * size));
            }
        }
        target.reset(plain, 0, size);
    }

    private static void snappy(byte[] block, int length, AvroInput target) throws IOException {
        if (length < CRC_BYTES) {
            throw new MalformedAvroException("a snappy block of " + length + " bytes has no checksum");
        }
        int body = length - CRC_BYTES;
        int plainLength = Snappy.uncompressedLength(block, 0, body);
        if (plainLength < 0 || plainLength > MAX_DECOMPRESSED_BYTES) {
            throw tooLarge();
        }
        byte[] plain = new byte[plainLength];
        Snappy.uncompress(block, 0, body, plain, 0);
        CRC32 checksum = new CRC32();
        checksum.update(plain);
        int stored = 0;
        for (int i = body; i < length; i++) {
            stored = stored << 8 | (block[i] & 0xff);
        }
        if (stored != (int) checksum.getValue()) {
            throw new MalformedAvroException("the checksum of a snappy block does not match");
        }
        target.reset(plain, 0, plainLength);
    }

    private static MalformedAvroException tooLarge() {
        return new MalformedAvroException("a block has more than " + MAX_DECOMPRESSED_BYTES + " bytes decompressed");
    }
}
