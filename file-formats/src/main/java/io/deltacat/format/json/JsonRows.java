package io.deltacat.format.json;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.deltacat.format.FormatException;
import io.deltacat.format.batch.ColumnBatch;
import io.deltacat.format.file.InputFile;
import io.deltacat.format.rowwise.DefaultValue;
import io.deltacat.format.rowwise.Projection;
import io.deltacat.format.rowwise.RowSource;
import io.deltacat.format.text.MalformedTextException;
import io.deltacat.format.text.TextInput;
import java.io.CharConversionException;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** The rows of one JSON lines file. Confined to one thread. */
final class JsonRows implements RowSource {
    private static final int MAX_TEXT_CHARACTERS = 16 << 20;
    private static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(MAX_TEXT_CHARACTERS)
                    .build())
            .build();

    private final String file;
    private final List<Field> fields;
    private final JsonParser parser;
    private final JsonColumn[] columns;
    private final DefaultValue[] defaults;
    private final Map<String, Integer> indexes = new HashMap<>();

    /** In which row a column was last set, counted from 1. */
    private final long[] setInRow;

    private @Nullable ColumnBatch target;
    private long rowNumber;
    private long bytesRead;

    private JsonRows(String file, List<Field> fields, JsonParser parser) {
        this.file = file;
        this.fields = fields;
        this.parser = parser;
        this.columns = new JsonColumn[fields.size()];
        this.defaults = new DefaultValue[fields.size()];
        this.setInRow = new long[fields.size()];
        for (int i = 0; i < columns.length; i++) {
            Field field = fields.get(i);
            columns[i] = JsonColumn.of(field);
            defaults[i] = DefaultValue.of(field);
            indexes.put(field.getName(), i);
        }
    }

    static JsonRows open(InputFile file, Schema wanted) throws IOException {
        TextInput input = TextInput.open(file);
        try {
            return new JsonRows(file.location(), wanted.getFields(), FACTORY.createParser(input));
        } catch (JsonProcessingException | CharConversionException e) {
            input.close();
            throw new FormatException.CorruptFile(file.location(), null, 0, "not JSON: " + e.getMessage(), e);
        } catch (IOException | RuntimeException e) {
            input.close();
            throw e;
        }
    }

    @Override
    public void bind(ColumnBatch batch) {
        target = batch;
    }

    @Override
    public boolean readRow(int row) throws IOException {
        try {
            if (!startRow()) {
                return false;
            }
            ColumnBatch batch = requireNonNull(target, "bind must be called first");
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                parser.nextToken();
                Integer index = indexes.get(name);
                if (index == null) {
                    parser.skipChildren();
                } else {
                    readColumn(index, batch, row);
                }
            }
            for (int i = 0; i < columns.length; i++) {
                if (setInRow[i] != rowNumber) {
                    Projection.requireAbsentAllowed(file, fields.get(i));
                    defaults[i].append(batch.column(i), row);
                }
            }
            bytesRead = parser.currentLocation().getByteOffset();
            return true;
        } catch (JsonProcessingException | CharConversionException e) {
            throw notJson(e);
        }
    }

    private void readColumn(int index, ColumnBatch batch, int row) throws IOException {
        if (setInRow[index] == rowNumber) {
            throw corrupt(fields.get(index).getName(), "the column is named twice", null);
        }
        setInRow[index] = rowNumber;
        try {
            columns[index].append(parser, batch.column(index), row);
        } catch (MalformedTextException e) {
            throw corrupt(fields.get(index).getName(), String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public boolean skipRow() throws IOException {
        try {
            if (!startRow()) {
                return false;
            }
            parser.skipChildren();
            return true;
        } catch (JsonProcessingException | CharConversionException e) {
            throw notJson(e);
        }
    }

    private boolean startRow() throws IOException {
        JsonToken token = parser.nextToken();
        if (token == null) {
            return false;
        }
        rowNumber++;
        if (token != JsonToken.START_OBJECT) {
            throw corrupt(null, "found " + token + ", expected an object per row", null);
        }
        return true;
    }

    @Override
    public long bytesRead() {
        return bytesRead;
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }

    private FormatException.CorruptFile corrupt(@Nullable String column, String problem, @Nullable Throwable cause) {
        JsonLocation location = parser.currentTokenLocation();
        return new FormatException.CorruptFile(
                file,
                column,
                -1,
                "row " + (rowNumber - 1) + ", line " + location.getLineNr() + ", text byte " + location.getByteOffset()
                        + ": " + problem,
                cause);
    }

    private FormatException.CorruptFile notJson(IOException e) {
        String problem = e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
        return corrupt(null, "not JSON: " + String.valueOf(problem).replace('\n', ' '), e);
    }
}
