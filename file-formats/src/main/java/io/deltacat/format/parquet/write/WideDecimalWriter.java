package io.deltacat.format.parquet.write;

import io.deltacat.format.file.RowAccessor;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * Writes decimals of more than 18 digits, given as big-endian two's complement of any length, in a fixed number of bytes.
 *
 * @param <R> class of what the value is taken from
 */
final class WideDecimalWriter<R> extends LeafFieldWriter<R, BytesLeafWriter> {
    private final int precision;
    private final BigInteger limit;
    private final byte[] stored;

    WideDecimalWriter(RowAccessor<R> rows, BytesLeafWriter leaf, LeafSpec spec, int precision) {
        super(rows, leaf, spec);
        this.precision = precision;
        this.limit = BigInteger.TEN.pow(precision);
        this.stored = new byte[spec.typeLength()];
    }

    @Override
    void writeValue(R row, int column) {
        byte[] value = rows.getBytes(row, column);
        if (value.length == 0) {
            throw invalid("the decimal has no bytes");
        }
        if (value.length >= stored.length && new BigInteger(value).abs().compareTo(limit) >= 0) {
            throw invalid(
                    "the unscaled decimal is " + new BigInteger(value) + ", expected at most " + precision + " digits");
        }
        byte sign = (byte) (value[0] < 0 ? -1 : 0);
        int surplus = Math.max(0, value.length - stored.length); // only the sign, as the limit was checked
        int padding = Math.max(0, stored.length - value.length);
        Arrays.fill(stored, 0, padding, sign);
        System.arraycopy(value, surplus, stored, padding, stored.length - padding);
        leaf.add(stored);
    }
}
