package io.deltacat.format.json;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import io.deltacat.format.FormatException;
import io.deltacat.format.file.RowAccessor;
import io.deltacat.format.rowwise.RowSink;
import io.deltacat.format.text.MalformedTextException;
import io.deltacat.format.text.TextOutput;
import java.io.IOException;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;

/** Writes rows as JSON objects, one per line. Confined to one thread. */
final class JsonSink<R> implements RowSink<R> {
    private static final JsonFactory FACTORY =
            new JsonFactoryBuilder().rootValueSeparator("\n").build();

    private final String file;
    private final List<Field> fields;
    private final RowAccessor<R> rows;
    private final TextOutput output;
    private final JsonGenerator generator;
    private final List<SerializedString> names = new ArrayList<>();
    private final List<JsonValue<R>> values = new ArrayList<>();
    private boolean hasRows;

    JsonSink(String file, List<Field> fields, RowAccessor<R> rows, TextOutput output) throws IOException {
        this.file = file;
        this.fields = fields;
        this.rows = rows;
        this.output = output;
        this.generator = FACTORY.createGenerator(output, JsonEncoding.UTF8);
        for (int i = 0; i < fields.size(); i++) {
            names.add(new SerializedString(fields.get(i).getName()));
            values.add(JsonValue.of(fields.get(i), rows, i));
        }
    }

    @Override
    public void write(R row, long rowIndex) throws IOException {
        hasRows = true;
        generator.writeStartObject();
        for (int i = 0; i < values.size(); i++) {
            generator.writeFieldName(names.get(i));
            try {
                values.get(i).write(generator, rows, row, i);
            } catch (MalformedTextException | DateTimeException e) {
                throw new FormatException.InvalidRow(
                        file, fields.get(i).getName(), rowIndex, String.valueOf(e.getMessage()));
            }
        }
        generator.writeEndObject();
        output.rowEnded();
    }

    @Override
    public long pendingLength() {
        return output.pendingLength();
    }

    @Override
    public long bufferedBytes() {
        return output.bufferedBytes();
    }

    @Override
    public void end() throws IOException {
        generator.flush();
        if (hasRows) {
            output.write('\n');
        }
        output.end();
    }

    @Override
    public void close() {
        output.close();
    }
}
