package io.deltacat.format.conformance;

import io.deltacat.format.file.ListAccessor;
import io.deltacat.format.file.MapAccessor;
import io.deltacat.format.file.RowAccessor;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/** Reads rows of canonical values, so that what Python described can be written by Java. */
@SuppressWarnings("unchecked")
final class CanonicalAccessor implements RowAccessor<List<Object>> {
    private final List<Field> fields;

    CanonicalAccessor(List<Field> fields) {
        this.fields = fields;
    }

    @Override
    public boolean isNullAt(List<Object> row, int column) {
        return row.get(column) == null;
    }

    @Override
    public boolean getBoolean(List<Object> row, int column) {
        return (Boolean) row.get(column);
    }

    @Override
    public int getInt(List<Object> row, int column) {
        return Integer.parseInt((String) row.get(column));
    }

    @Override
    public long getLong(List<Object> row, int column) {
        return new BigInteger((String) row.get(column)).longValue();
    }

    @Override
    public float getFloat(List<Object> row, int column) {
        return (float) getDouble(row, column);
    }

    @Override
    public double getDouble(List<Object> row, int column) {
        String text = (String) row.get(column);
        return text.equals("nan") ? Double.NaN : Double.longBitsToDouble(Long.parseUnsignedLong(text, 16));
    }

    @Override
    public byte[] getBytes(List<Object> row, int column) {
        ArrowType type = fields.get(column).getType();
        String text = (String) row.get(column);
        if (type instanceof ArrowType.Decimal) {
            return new BigInteger(text).toByteArray();
        }
        boolean utf8 = type instanceof ArrowType.Utf8
                || type instanceof ArrowType.LargeUtf8
                || type instanceof ArrowType.Utf8View;
        return utf8 ? text.getBytes(StandardCharsets.UTF_8) : HexFormat.of().parseHex(text);
    }

    @Override
    public Object getStruct(List<Object> row, int column) {
        return row.get(column);
    }

    @Override
    public RowAccessor<Object> structAccessor(int column) {
        return (RowAccessor<Object>)
                (RowAccessor<?>) new CanonicalAccessor(fields.get(column).getChildren());
    }

    @Override
    public Object getList(List<Object> row, int column) {
        return row.get(column);
    }

    @Override
    public ListAccessor listAccessor(int column) {
        return new Elements(fields.get(column).getChildren().get(0));
    }

    @Override
    public Object getMap(List<Object> row, int column) {
        return row.get(column);
    }

    @Override
    public MapAccessor mapAccessor(int column) {
        List<Field> entry = fields.get(column).getChildren().get(0).getChildren();
        return new MapAccessor() {
            @Override
            public Object keys(Object map) {
                return half(map, 0);
            }

            @Override
            public Object values(Object map) {
                return half(map, 1);
            }

            @Override
            public ListAccessor keyAccessor() {
                return new Elements(entry.get(0));
            }

            @Override
            public ListAccessor valueAccessor() {
                return new Elements(entry.get(1));
            }
        };
    }

    private static List<Object> half(Object map, int index) {
        List<Object> half = new ArrayList<>();
        ((List<List<Object>>) map).forEach(pair -> half.add(pair.get(index)));
        return half;
    }

    private static final class Elements implements ListAccessor {
        private final Field element;

        Elements(Field element) {
            this.element = element;
        }

        private CanonicalAccessor of(int position) {
            return new CanonicalAccessor(Collections.nCopies(position + 1, element));
        }

        @Override
        public int size(Object list) {
            return ((List<Object>) list).size();
        }

        @Override
        public boolean isNullAt(Object list, int position) {
            return ((List<Object>) list).get(position) == null;
        }

        @Override
        public boolean getBoolean(Object list, int position) {
            return of(position).getBoolean((List<Object>) list, position);
        }

        @Override
        public int getInt(Object list, int position) {
            return of(position).getInt((List<Object>) list, position);
        }

        @Override
        public long getLong(Object list, int position) {
            return of(position).getLong((List<Object>) list, position);
        }

        @Override
        public float getFloat(Object list, int position) {
            return of(position).getFloat((List<Object>) list, position);
        }

        @Override
        public double getDouble(Object list, int position) {
            return of(position).getDouble((List<Object>) list, position);
        }

        @Override
        public byte[] getBytes(Object list, int position) {
            return of(position).getBytes((List<Object>) list, position);
        }

        @Override
        public Object getStruct(Object list, int position) {
            return ((List<Object>) list).get(position);
        }

        @Override
        public RowAccessor<Object> structAccessor(int position) {
            return of(position).structAccessor(position);
        }

        @Override
        public Object getList(Object list, int position) {
            return ((List<Object>) list).get(position);
        }

        @Override
        public ListAccessor listAccessor(int position) {
            return of(position).listAccessor(position);
        }

        @Override
        public Object getMap(Object list, int position) {
            return ((List<Object>) list).get(position);
        }

        @Override
        public MapAccessor mapAccessor(int position) {
            return of(position).mapAccessor(position);
        }
    }
}
