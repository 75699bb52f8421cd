package io.deltacat.format.delimited;

import io.deltacat.format.FormatException;
import io.deltacat.format.file.RowAccessor;
import io.deltacat.format.rowwise.RowSink;
import io.deltacat.format.text.ScalarText;
import io.deltacat.format.text.TextOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.List;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.jspecify.annotations.Nullable;

/** Writes rows as delimited lines. Confined to one thread. */
final class DelimitedSink<R> implements RowSink<R> {
    private final String file;
    private final List<Field> fields;
    private final RowAccessor<R> rows;
    private final Dialect dialect;
    private final TextOutput output;

    /** How a column spells its values, null where it holds text or bytes. */
    private final @Nullable ScalarText[] scalars;

    private final StringBuilder scratch = new StringBuilder();

    DelimitedSink(String file, List<Field> fields, RowAccessor<R> rows, Dialect dialect, TextOutput output) {
        this.file = file;
        this.fields = fields;
        this.rows = rows;
        this.dialect = dialect;
        this.output = output;
        this.scalars = new ScalarText[fields.size()];
        for (int i = 0; i < scalars.length; i++) {
            scalars[i] = CellReader.isText(fields.get(i)) ? null : ScalarText.of(fields.get(i), ' ', "Z");
        }
    }

    @Override
    public void write(R row, long rowIndex) throws IOException {
        for (int i = 0; i < scalars.length; i++) {
            if (i > 0) {
                output.write(dialect.separator());
            }
            if (!rows.isNullAt(row, i)) {
                writeValue(row, i, rowIndex);
            } else if (scalars.length == 1 && dialect.quoted()) {
                output.ascii("\"\""); // a blank line would be no row to the Python client
            }
        }
        output.write('\n');
        output.rowEnded();
    }

    private void writeValue(R row, int column, long rowIndex) {
        ScalarText scalar = scalars[column];
        if (scalar != null) {
            scratch.setLength(0);
            try {
                scalar.append(scratch, rows, row, column);
            } catch (DateTimeException e) {
                throw invalid(column, rowIndex, String.valueOf(e.getMessage()));
            }
            output.ascii(scratch);
            return;
        }
        byte[] value = rows.getBytes(row, column);
        if (!(isText(fields.get(column).getType())) && !isUtf8(value)) {
            throw invalid(column, rowIndex, "the bytes are not UTF-8, which delimited text must be");
        }
        if (dialect.quoted()) {
            writeQuoted(value);
        } else {
            writeBare(value, column, rowIndex);
        }
    }

    private void writeQuoted(byte[] value) {
        output.write('"');
        int from = 0;
        for (int i = 0; i < value.length; i++) {
            if (value[i] == '"') {
                output.write(value, from, i + 1 - from);
                from = i; // the quote is written once more with what follows
            }
        }
        output.write(value, from, value.length - from);
        output.write('"');
    }

    private void writeBare(byte[] value, int column, long rowIndex) {
        for (byte b : value) {
            if (b == dialect.separator() || b == '\n' || b == '\r') {
                throw invalid(
                        column, rowIndex, "the value holds a tab or a line break, which unescaped TSV cannot carry");
            }
        }
        output.write(value, 0, value.length);
    }

    private FormatException.InvalidRow invalid(int column, long rowIndex, String problem) {
        return new FormatException.InvalidRow(file, fields.get(column).getName(), rowIndex, problem);
    }

    private static boolean isText(ArrowType type) {
        return type instanceof ArrowType.Utf8
                || type instanceof ArrowType.LargeUtf8
                || type instanceof ArrowType.Utf8View;
    }

    private static boolean isUtf8(byte[] value) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
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
        output.end();
    }

    @Override
    public void close() {
        output.close();
    }
}
