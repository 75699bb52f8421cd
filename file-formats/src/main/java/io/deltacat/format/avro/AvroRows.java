package io.deltacat.format.avro;

import static java.util.Objects.requireNonNull;

import io.deltacat.format.FormatException;
import io.deltacat.format.batch.ColumnBatch;
import io.deltacat.format.convert.LossyValueException;
import io.deltacat.format.file.InputFile;
import io.deltacat.format.rowwise.DefaultValue;
import io.deltacat.format.rowwise.Projection;
import io.deltacat.format.rowwise.RowSource;
import io.deltacat.format.schema.TypeNames;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** The rows of one Avro file. Confined to one thread. */
final class AvroRows implements RowSource {
    /** More rows than this per stored byte must be proven by decompressing the block. */
    private static final int TRUSTED_ROWS_PER_BYTE = 16;

    private static final int MAX_EMPTY_ROWS = 1 << 24;

    private final String file;
    private final AvroContainer container;
    private final List<Field> stored;
    private final Projection projection;
    private final AvroColumn[] columns;
    private final @Nullable DefaultValue[] defaults;
    private final long minRowBytes;
    private @Nullable ColumnBatch target;
    private @Nullable AvroInput opened;

    /** Rows of the current block that have not been read or passed over. */
    private long blockRows;

    /** Rows passed over before the block was opened. */
    private long skippedInBlock;

    private long closedBlockBytes;

    private AvroRows(String file, AvroContainer container, Schema schema, List<Field> stored, Projection projection) {
        this.file = file;
        this.container = container;
        this.stored = stored;
        this.projection = projection;
        this.columns = new AvroColumn[stored.size()];
        AvroColumns builder = new AvroColumns(file);
        List<Field> wanted = projection.wanted().getFields();
        long bytes = 0;
        for (int i = 0; i < columns.length; i++) {
            int index = projection.wantedOf(i);
            Field field = index < 0 ? stored.get(i) : wanted.get(index);
            columns[i] = builder.of(schema.getFields().get(i).schema(), stored.get(i), field, field.getName());
            bytes += columns[i].minBytes();
        }
        this.minRowBytes = bytes;
        this.defaults = new DefaultValue[wanted.size()];
        for (int i = 0; i < defaults.length; i++) {
            defaults[i] = projection.storedOf(i) < 0 ? DefaultValue.of(wanted.get(i)) : null;
        }
    }

    /**
     * Opens a file.
     *
     * @param wanted the wanted columns, null for all
     */
    static AvroRows open(InputFile file, org.apache.arrow.vector.types.pojo.@Nullable Schema wanted)
            throws IOException {
        AvroContainer container = AvroContainer.open(file);
        try {
            AvroSchemas schemas = new AvroSchemas(file.location());
            Schema schema = schemas.parse(container.schema());
            List<Field> stored = new ArrayList<>(schemas.fields(schema));
            Projection projection = Projection.of(file.location(), stored, wanted);
            return new AvroRows(file.location(), container, schema, stored, projection);
        } catch (RuntimeException e) {
            container.close();
            throw e;
        }
    }

    /** Returns the columns that rows are read as. */
    org.apache.arrow.vector.types.pojo.Schema wanted() {
        return projection.wanted();
    }

    @Override
    public void bind(ColumnBatch batch) {
        target = batch;
    }

    @Override
    public boolean readRow(int row) throws IOException {
        if (!atRow()) {
            return false;
        }
        AvroInput in = opened == null ? open() : opened;
        ColumnBatch batch = requireNonNull(target, "bind must be called first");
        int column = 0;
        try {
            for (; column < columns.length; column++) {
                int wanted = projection.wantedOf(column);
                if (wanted < 0) {
                    columns[column].skip(in);
                } else {
                    columns[column].append(in, batch.column(wanted), row);
                    requirePresent(batch, wanted, row);
                }
            }
        } catch (MalformedAvroException e) {
            throw container.corrupt(stored.get(column).getName(), String.valueOf(e.getMessage()), e);
        } catch (LossyValueException e) {
            Field wanted = projection.wanted().getFields().get(projection.wantedOf(column));
            throw new FormatException.IncompatibleType(
                    file,
                    wanted.getName(),
                    TypeNames.displayName(stored.get(column)) + "' with value '" + e.getMessage(),
                    TypeNames.displayName(wanted));
        }
        for (int i = 0; i < defaults.length; i++) {
            DefaultValue value = defaults[i];
            if (value != null) {
                value.append(batch.column(i), row);
            }
        }
        endRow(in);
        return true;
    }

    @Override
    public boolean skipRow() throws IOException {
        if (!atRow()) {
            return false;
        }
        if (opened == null) {
            skippedInBlock++;
            blockRows--;
            return true;
        }
        AvroInput in = opened;
        skip(in);
        endRow(in);
        return true;
    }

    @Override
    public long bytesRead() {
        AvroInput in = opened;
        return closedBlockBytes + (in == null ? 0 : in.position());
    }

    @Override
    public void close() throws IOException {
        container.close();
    }

    private void requirePresent(ColumnBatch batch, int wanted, int row) {
        if (batch.column(wanted).isNullAt(row)
                && !projection.wanted().getFields().get(wanted).isNullable()) {
            throw new MalformedAvroException("null, but the column is required");
        }
    }

    private boolean atRow() throws IOException {
        while (blockRows == 0) {
            closedBlockBytes = bytesRead();
            opened = null;
            skippedInBlock = 0;
            long rows = container.nextBlock();
            if (rows < 0) {
                return false;
            }
            blockRows = rows;
            if (rows / TRUSTED_ROWS_PER_BYTE > container.storedBlockLength()) {
                open();
            }
        }
        return true;
    }

    private AvroInput open() throws IOException {
        AvroInput in = container.openBlock();
        long rows = blockRows + skippedInBlock;
        long most = minRowBytes == 0 ? MAX_EMPTY_ROWS : in.remaining() / minRowBytes;
        if (rows > most) {
            throw container.corrupt("a block of " + rows + " rows, but " + in.remaining() + " bytes", null);
        }
        for (; skippedInBlock > 0; skippedInBlock--) {
            skip(in);
        }
        opened = in;
        return in;
    }

    private void skip(AvroInput in) {
        int column = 0;
        try {
            for (; column < columns.length; column++) {
                columns[column].skip(in);
            }
        } catch (MalformedAvroException e) {
            throw container.corrupt(stored.get(column).getName(), String.valueOf(e.getMessage()), e);
        }
    }

    private void endRow(AvroInput in) {
        if (--blockRows == 0 && in.remaining() > 0) {
            throw container.corrupt(in.remaining() + " bytes are left after the last row of the block", null);
        }
    }
}
