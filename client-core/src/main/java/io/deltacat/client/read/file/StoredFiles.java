package io.deltacat.client.read.file;

import static java.util.Objects.requireNonNull;

import io.deltacat.client.FailureContextBuilder;
import io.deltacat.client.Unsupported;
import io.deltacat.client.storage.StorageAccess;
import io.deltacat.format.batch.ColumnBatch;
import io.deltacat.format.file.BatchReader;
import io.deltacat.format.file.FileFormat;
import io.deltacat.format.file.InputFile;
import io.deltacat.format.file.ReadOptions;
import io.deltacat.format.registry.ContentType;
import io.deltacat.format.registry.FormatRegistry;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;
import org.apache.arrow.vector.types.pojo.Schema;

/** Opens data files in whatever format they are. Thread-safe and immutable. */
public final class StoredFiles {
    /** Formats whose readers take gzip off by themselves. */
    private static final Set<ContentType> TEXT =
            EnumSet.of(ContentType.CSV, ContentType.TSV, ContentType.PSV, ContentType.UNESCAPED_TSV, ContentType.JSON);

    private final StorageAccess storage;
    private final FormatRegistry formats;

    /**
     * Creates an opener.
     *
     * @param storage where files are
     * @param formats formats at hand
     */
    public StoredFiles(StorageAccess storage, FormatRegistry formats) {
        this.storage = requireNonNull(storage, "storage");
        this.formats = requireNonNull(formats, "formats");
    }

    /** Returns the formats at hand. */
    public FormatRegistry formats() {
        return formats;
    }

    /**
     * Opens a file.
     *
     * @param file the file
     * @param options columns, rows and batch size; the file's own stored columns take the place of the options'
     * @return a reader the caller closes; its storage failures are {@link FileReadException}s
     * @throws FileReadException if the storage fails
     * @throws Unsupported if the file has an outer compression that its format's reader does not take off
     * @throws io.deltacat.format.FormatException if no such format is at hand, or the file is corrupt or does not fit
     */
    public BatchReader open(StoredFile file, ReadOptions options) throws IOException {
        FileFormat format = formats.format(file.contentType());
        checkEncoding(file, format);
        Schema stored = file.storedColumns();
        ReadOptions own = stored == null ? options : options.withStoredColumns(stored);
        try {
            InputFile input = storage.input(file.path());
            return new NamedReader(file.path(), format.openReader(input, own));
        } catch (IOException e) {
            throw new FileReadException(file.path(), e);
        }
    }

    /**
     * Returns whether files of a format are text, which may be gzipped and does not say the types of its columns.
     *
     * @param format the format
     */
    public static boolean isText(FileFormat format) {
        return ContentType.named(format.name()).filter(TEXT::contains).isPresent();
    }

    private static void checkEncoding(StoredFile file, FileFormat format) {
        String encoding = file.contentEncoding() == null ? "" : file.contentEncoding();
        boolean plain = encoding.isEmpty() || encoding.equalsIgnoreCase("identity");
        boolean readable = plain || (encoding.equalsIgnoreCase("gzip") && isText(format));
        if (!readable) {
            throw new Unsupported(FailureContextBuilder.builder()
                    .code("unsupported_encoding")
                    .problem("file '" + file.path() + "' of format '" + format.name() + "' has content encoding '"
                            + encoding + "'; expected 'identity', or 'gzip' around text")
                    .cure("Write the file without it.")
                    .build());
        }
    }

    /** A reader whose failures name the file. */
    private record NamedReader(String location, BatchReader reader) implements BatchReader {
        @Override
        public Schema schema() {
            return reader.schema();
        }

        @Override
        public long rowCount() throws IOException {
            try {
                return reader.rowCount();
            } catch (IOException e) {
                throw new FileReadException(location, e);
            }
        }

        @Override
        public long position() {
            return reader.position();
        }

        @Override
        public ColumnBatch newBatch() {
            return reader.newBatch();
        }

        @Override
        public boolean nextBatch(ColumnBatch target) throws IOException {
            try {
                return reader.nextBatch(target);
            } catch (IOException e) {
                throw new FileReadException(location, e);
            }
        }

        @Override
        public void skip(long rows) throws IOException {
            try {
                reader.skip(rows);
            } catch (IOException e) {
                throw new FileReadException(location, e);
            }
        }

        @Override
        public void close() throws IOException {
            try {
                reader.close();
            } catch (IOException e) {
                throw new FileReadException(location, e);
            }
        }
    }
}
