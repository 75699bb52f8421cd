package io.deltacat.format.parquet;

import io.deltacat.format.MemoryFile;
import io.deltacat.format.file.Codec;
import io.deltacat.format.file.FileOutput;
import io.deltacat.format.parquet.codec.PageCodecs;
import io.deltacat.format.parquet.codec.PageCompressor;
import io.deltacat.format.parquet.codec.PageDecompressor;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.DelegatingPositionOutputStream;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.apache.parquet.io.SeekableInputStream;

/** What parquet-java needs to read and write a {@link MemoryFile} without Hadoop. */
final class ParquetJava {
    private ParquetJava() {}

    static InputFile input(MemoryFile file) {
        return new InputFile() {
            @Override
            public long getLength() {
                return file.length();
            }

            @Override
            public SeekableInputStream newStream() {
                byte[] bytes = file.content();
                java.io.ByteArrayInputStream stream = new java.io.ByteArrayInputStream(bytes);
                return new DelegatingSeekableInputStream(stream) {
                    @Override
                    public long getPos() {
                        return bytes.length - stream.available();
                    }

                    @Override
                    public void seek(long position) {
                        stream.reset();
                        stream.skip(position);
                    }
                };
            }
        };
    }

    static OutputFile output(MemoryFile file) {
        return new OutputFile() {
            @Override
            public PositionOutputStream create(long blockSizeHint) {
                FileOutput out = file.create();
                return new DelegatingPositionOutputStream(out) {
                    @Override
                    public long getPos() {
                        return out.position();
                    }

                    @Override
                    public void close() throws IOException {
                        out.finish();
                        super.close();
                    }
                };
            }

            @Override
            public PositionOutputStream createOrOverwrite(long blockSizeHint) {
                return create(blockSizeHint);
            }

            @Override
            public boolean supportsBlockSize() {
                return false;
            }

            @Override
            public long defaultBlockSize() {
                return 0;
            }
        };
    }

    /** Our codecs behind parquet-java's interface. */
    static final class Codecs implements CompressionCodecFactory {
        @Override
        public BytesInputCompressor getCompressor(CompressionCodecName codec) {
            PageCompressor compressor =
                    PageCodecs.compressor(Codec.valueOf(codec.name().replace("_RAW", "")), 3);
            return new BytesInputCompressor() {
                @Override
                public BytesInput compress(BytesInput bytes) throws IOException {
                    byte[] plain = bytes.toByteArray();
                    return BytesInput.from(compressor.compress(plain, 0, plain.length));
                }

                @Override
                public CompressionCodecName getCodecName() {
                    return codec;
                }

                @Override
                public void release() {
                    compressor.close();
                }
            };
        }

        @Override
        public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
            PageDecompressor decompressor = PageCodecs.decompressor(CompressionCodec.valueOf(codec.name()))
                    .orElseThrow();
            return new BytesInputDecompressor() {
                @Override
                public BytesInput decompress(BytesInput bytes, int size) throws IOException {
                    byte[] packed = bytes.toByteArray();
                    byte[] plain = new byte[size];
                    decompressor.decompress(packed, 0, packed.length, plain, 0, size);
                    return BytesInput.from(plain);
                }

                @Override
                public void decompress(ByteBuffer in, int inSize, ByteBuffer out, int outSize) throws IOException {
                    byte[] packed = new byte[inSize];
                    in.get(packed);
                    out.put(decompress(BytesInput.from(packed), outSize).toByteArray());
                }

                @Override
                public void release() {
                    decompressor.close();
                }
            };
        }

        @Override
        public void release() {
            // each codec is released by its user
        }
    }
}
