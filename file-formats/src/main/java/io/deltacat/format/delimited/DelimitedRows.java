package io.deltacat.format.delimited;

import static java.util.Objects.requireNonNull;

import io.deltacat.format.FormatException;
import io.deltacat.format.batch.ColumnBatch;
import io.deltacat.format.file.InputFile;
import io.deltacat.format.rowwise.DefaultValue;
import io.deltacat.format.rowwise.Projection;
import io.deltacat.format.rowwise.RowSource;
import io.deltacat.format.text.MalformedTextException;
import io.deltacat.format.text.TextInput;
import java.io.IOException;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;
import org.jspecify.annotations.Nullable;

/** The rows of one delimited file. Confined to one thread. */
final class DelimitedRows implements RowSource {
    private final String file;
    private final Records records;
    private final List<Field> stored;
    private final List<Field> wanted;
    private final Projection projection;
    private final @Nullable CellReader[] cells;
    private final @Nullable DefaultValue[] defaults;
    private @Nullable ColumnBatch target;
    private boolean started;

    private DelimitedRows(String file, Records records, Dialect dialect, List<Field> stored, Projection projection) {
        this.file = file;
        this.records = records;
        this.stored = stored;
        this.projection = projection;
        this.wanted = projection.wanted().getFields();
        this.cells = new CellReader[wanted.size()];
        this.defaults = new DefaultValue[wanted.size()];
        for (int i = 0; i < cells.length; i++) {
            if (projection.storedOf(i) < 0) {
                defaults[i] = DefaultValue.of(wanted.get(i));
            } else {
                cells[i] = new CellReader(wanted.get(i), dialect);
            }
        }
    }

    static DelimitedRows open(InputFile file, Dialect dialect, List<Field> stored, Projection projection)
            throws IOException {
        Utf8Reader reader = new Utf8Reader(file.location(), TextInput.open(file));
        Records records = dialect.quoted()
                ? new QuotedRecords(file.location(), reader, dialect.separator())
                : new UnquotedRecords(file.location(), reader, dialect.separator());
        return new DelimitedRows(file.location(), records, dialect, stored, projection);
    }

    @Override
    public void bind(ColumnBatch batch) {
        target = batch;
    }

    @Override
    public boolean readRow(int row) throws IOException {
        if (!nextRecord()) {
            return false;
        }
        ColumnBatch batch = requireNonNull(target, "bind must be called first");
        for (int i = 0; i < cells.length; i++) {
            CellReader cell = cells[i];
            if (cell == null) {
                requireNonNull(defaults[i]).append(batch.column(i), row);
                continue;
            }
            int field = projection.storedOf(i);
            try {
                cell.append(records.text(), records.start(field), records.end(field), batch.column(i), row);
            } catch (MalformedTextException e) {
                throw new FormatException.CorruptFile(
                        file, wanted.get(i).getName(), -1, "line " + records.line() + ": " + e.getMessage(), e);
            }
        }
        return true;
    }

    @Override
    public boolean skipRow() throws IOException {
        return nextRecord();
    }

    @Override
    public long bytesRead() {
        return records.charactersRead();
    }

    @Override
    public void close() throws IOException {
        records.close();
    }

    /** Moves to the next record that is a row: headers and, unless the file has one column only, blank lines are none. */
    private boolean nextRecord() throws IOException {
        while (records.next()) {
            boolean first = !started;
            started = true;
            if (isBlank() || (first && isHeader())) {
                continue;
            }
            if (records.fieldCount() != stored.size()) {
                throw new FormatException.CorruptFile(
                        file,
                        null,
                        -1,
                        "line " + records.line() + " has " + records.fieldCount() + " fields, expected " + stored.size()
                                + " as the stored columns say",
                        null);
            }
            return true;
        }
        return false;
    }

    private boolean isBlank() {
        return stored.size() > 1 && records.fieldCount() == 1 && records.start(0) == records.end(0);
    }

    private boolean isHeader() {
        if (records.fieldCount() != stored.size()) {
            return false;
        }
        for (int i = 0; i < stored.size(); i++) {
            int start = records.start(i);
            int length = records.end(i) - start;
            if (!stored.get(i).getName().contentEquals(new String(records.text(), start, length))) {
                return false;
            }
        }
        return true;
    }
}
