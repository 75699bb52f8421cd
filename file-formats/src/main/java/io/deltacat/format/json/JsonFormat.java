package io.deltacat.format.json;

import io.deltacat.format.FormatException;
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
import io.deltacat.format.stats.StatsCollector;
import io.deltacat.format.text.TextOutput;
import java.io.IOException;
import java.util.Optional;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * JSON lines as the Python client writes and reads them (protocol/data-plane.md §1.5): one object per row, gzip. Immutable
 * and thread-safe.
 *
 * <ul>
 *   <li>Decimals, dates, times and timestamps are strings, durations are numbers in the column's unit (ISO 8601 is read
 *       too), maps are lists of {@code {"key":…,"value":…}} (objects are read too), instants are in UTC.
 *   <li>NaN and infinities become null, as JSON has no spelling for them; a required column refuses them.
 *   <li>Binary columns are refused: there is no convention that the Python client would read back as the same bytes.
 *   <li>A row without a column's name has the column's past default, else null. Names no column has are passed over.
 *   <li>Files carry no types, so a reader needs {@link ReadOptions#columns} or {@link ReadOptions#storedColumns}.
 *   <li>The codec of the write options does not matter: files are gzip, or plain from {@link #uncompressed()}. Reading
 *       looks at the bytes, not at the name.
 * </ul>
 */
public final class JsonFormat implements FileFormat {
    private final boolean compressed;

    /** Creates the format. */
    public JsonFormat() {
        this(true);
    }

    private JsonFormat(boolean compressed) {
        this.compressed = compressed;
    }

    /** Returns the same format, writing plain files. */
    public JsonFormat uncompressed() {
        return new JsonFormat(false);
    }

    @Override
    public String name() {
        return "json";
    }

    @Override
    public String extension() {
        return compressed ? ".json.gz" : ".json";
    }

    @Override
    public Optional<String> contentEncoding() {
        return compressed ? Optional.of("gzip") : Optional.empty();
    }

    @Override
    public BatchReader openReader(InputFile file, ReadOptions options) throws IOException {
        @Nullable Schema schema = options.columns() == null ? options.storedColumns() : options.columns();
        if (schema == null) {
            throw new FormatException.InvalidSchema(
                    "File '" + file.location() + "' holds JSON lines, which name no types. Pass the table's schema as"
                            + " ReadOptions.withColumns.",
                    null);
        }
        for (Field field : schema.getFields()) {
            JsonTypes.requireSupported(file.location(), field);
            if (options.storedColumns() != null
                    && options.storedColumns().getFields().stream()
                            .noneMatch(stored -> stored.getName().equals(field.getName()))) {
                Projection.requireAbsentAllowed(file.location(), field);
            }
        }
        Schema wanted = schema;
        return RowwiseBatchReader.open(wanted, () -> JsonRows.open(file, wanted), options);
    }

    @Override
    public <R> FileAppender<R> openAppender(OutputFile file, Schema schema, RowAccessor<R> rows, WriteOptions options)
            throws IOException {
        for (Field field : schema.getFields()) {
            JsonTypes.requireSupported(file.location(), field);
        }
        FileOutput output = file.create();
        try {
            TextOutput text = TextOutput.over(output, compressed);
            JsonSink<R> sink = new JsonSink<>(file.location(), schema.getFields(), rows, text);
            RowAccessor<R> readBack = new FiniteRows<>(rows, schema.getFields());
            return new RowwiseAppender<>(
                    file.location(), schema.getFields(), rows, output, sink, new StatsCollector<>(schema, readBack));
        } catch (IOException | RuntimeException e) {
            output.close();
            throw e;
        }
    }
}
