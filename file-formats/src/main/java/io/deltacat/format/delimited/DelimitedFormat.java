package io.deltacat.format.delimited;

import io.deltacat.format.FormatException;
import io.deltacat.format.batch.VectorKind;
import io.deltacat.format.file.BatchReader;
import io.deltacat.format.file.FileAppender;
import io.deltacat.format.file.FileFormat;
import io.deltacat.format.file.FileOutput;
import io.deltacat.format.file.InputFile;
import io.deltacat.format.file.OutputFile;
import io.deltacat.format.file.ReadOptions;
import io.deltacat.format.file.RowAccessor;
import io.deltacat.format.file.WriteOptions;
import io.deltacat.format.rowwise.Projection;
import io.deltacat.format.rowwise.RowwiseAppender;
import io.deltacat.format.rowwise.RowwiseBatchReader;
import io.deltacat.format.schema.FieldMetadata;
import io.deltacat.format.schema.TypeNames;
import io.deltacat.format.stats.StatsCollector;
import io.deltacat.format.text.TextOutput;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Delimited text as the Python client writes and reads it (protocol/data-plane.md §1.5): no header, gzip, line feed,
 * UTF-8. Immutable and thread-safe.
 *
 * <ul>
 *   <li>Files name no columns: {@link ReadOptions#storedColumns} says what they hold, by position. A first line that spells
 *       exactly these names is a header and skipped. Columns that are computed are not stored.
 *   <li>CSV, TSV and PSV quote every string and nothing else. A null is an empty field; in a string or binary column it reads
 *       back as the empty value (of fixed size: null), in other columns as null, and so do the spellings {@code NA}, {@code null}, {@code nan} and
 *       the like. A required floating point column reads {@code nan} as NaN.
 *   <li>Unescaped TSV quotes nothing, so values with a tab or a line break are refused. An empty field is null; in a required
 *       string column it is the empty string.
 *   <li>Bytes must be UTF-8. Nested types are refused.
 *   <li>The codec of the write options does not matter: files are gzip, or plain from {@link #uncompressed()}. Reading
 *       looks at the bytes, not at the name.
 * </ul>
 */
public final class DelimitedFormat implements FileFormat {
    private final Dialect dialect;
    private final boolean compressed;

    private DelimitedFormat(Dialect dialect, boolean compressed) {
        this.dialect = dialect;
        this.compressed = compressed;
    }

    /** Returns comma-separated values. */
    public static DelimitedFormat csv() {
        return new DelimitedFormat(Dialect.CSV, true);
    }

    /** Returns tab-separated values with quotes. */
    public static DelimitedFormat tsv() {
        return new DelimitedFormat(Dialect.TSV, true);
    }

    /** Returns values separated by a vertical bar. */
    public static DelimitedFormat psv() {
        return new DelimitedFormat(Dialect.PSV, true);
    }

    /** Returns tab-separated values without any quoting. */
    public static DelimitedFormat unescapedTsv() {
        return new DelimitedFormat(Dialect.UNESCAPED_TSV, true);
    }

    /** Returns the same format, writing plain files. */
    public DelimitedFormat uncompressed() {
        return new DelimitedFormat(dialect, false);
    }

    @Override
    public String name() {
        return dialect.contentType();
    }

    @Override
    public String extension() {
        return dialect.extension() + (compressed ? ".gz" : "");
    }

    @Override
    public Optional<String> contentEncoding() {
        return compressed ? Optional.of("gzip") : Optional.empty();
    }

    @Override
    public BatchReader openReader(InputFile file, ReadOptions options) throws IOException {
        List<Field> stored = storedColumns(file.location(), options);
        Projection projection = Projection.of(file.location(), stored, options.columns());
        requireScalars(file.location(), projection.wanted().getFields());
        return RowwiseBatchReader.open(
                projection.wanted(), () -> DelimitedRows.open(file, dialect, stored, projection), options);
    }

    @Override
    public <R> FileAppender<R> openAppender(OutputFile file, Schema schema, RowAccessor<R> rows, WriteOptions options)
            throws IOException {
        List<Field> fields = schema.getFields();
        requireScalars(file.location(), fields);
        FileOutput output = file.create();
        try {
            TextOutput text = TextOutput.over(output, compressed);
            DelimitedSink<R> sink = new DelimitedSink<>(file.location(), fields, rows, dialect, text);
            RowAccessor<R> readBack = new ReadBackRows<>(rows, fields, dialect);
            return new RowwiseAppender<>(
                    file.location(), fields, rows, output, sink, new StatsCollector<>(schema, readBack));
        } catch (IOException | RuntimeException e) {
            output.close();
            throw e;
        }
    }

    private static List<Field> storedColumns(String file, ReadOptions options) {
        @Nullable Schema stored = options.storedColumns() == null ? options.columns() : options.storedColumns();
        if (stored == null) {
            throw new FormatException.InvalidSchema(
                    "File '" + file + "' is delimited text, which names no columns. Pass the table's schema as"
                            + " ReadOptions.withStoredColumns.",
                    null);
        }
        return stored.getFields().stream()
                .filter(field -> !FieldMetadata.isComputed(field))
                .toList();
    }

    private static void requireScalars(String file, List<Field> fields) {
        for (Field field : fields) {
            switch (VectorKind.of(field)) {
                case LIST, MAP, STRUCT ->
                    throw new FormatException.UnsupportedType(
                            file,
                            field.getName(),
                            TypeNames.nameOf(field),
                            "Delimited text holds scalars only. Use Parquet, JSON, Avro or Feather for nested columns.");
                case BOOLEAN, INT, LONG, FLOAT, DOUBLE, BYTES -> {}
            }
        }
    }
}
