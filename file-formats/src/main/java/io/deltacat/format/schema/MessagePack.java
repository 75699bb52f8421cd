package io.deltacat.format.schema;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The part of MessagePack that default values need: nil, boolean, numbers, strings, bytes, lists and maps. Writes the
 * shortest form, as Python's msgpack does. Thread-safe.
 */
final class MessagePack {
    private static final int MAX_DEPTH = 32;

    private MessagePack() {}

    /**
     * Unpacks exactly one value.
     *
     * @throws IllegalArgumentException if the bytes are not one whole value, or use an extension type
     */
    static @Nullable Object unpack(byte[] packed) {
        ByteBuffer in = ByteBuffer.wrap(packed);
        try {
            Object value = read(in, 0);
            if (in.hasRemaining()) {
                throw new IllegalArgumentException(in.remaining() + " bytes after the value");
            }
            return value;
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("value ends early", e);
        }
    }

    /**
     * Packs a value.
     *
     * @throws IllegalArgumentException if its class has no MessagePack form
     */
    static byte[] pack(@Nullable Object value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        write(value, out);
        return out.toByteArray();
    }

    private static @Nullable Object read(ByteBuffer in, int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("nested deeper than " + MAX_DEPTH);
        }
        int tag = in.get() & 0xff;
        if (tag < 0x80 || tag >= 0xe0) {
            return (long) (byte) tag;
        }
        if (tag < 0x90) {
            return map(in, tag & 0x0f, depth);
        }
        if (tag < 0xa0) {
            return list(in, tag & 0x0f, depth);
        }
        if (tag < 0xc0) {
            return string(in, tag & 0x1f);
        }
        return switch (tag) {
            case 0xc0 -> null;
            case 0xc2 -> false;
            case 0xc3 -> true;
            case 0xc4 -> bytes(in, in.get() & 0xff);
            case 0xc5 -> bytes(in, in.getShort() & 0xffff);
            case 0xc6 -> bytes(in, in.getInt());
            case 0xca -> (double) in.getFloat();
            case 0xcb -> in.getDouble();
            case 0xcc -> (long) (in.get() & 0xff);
            case 0xcd -> (long) (in.getShort() & 0xffff);
            case 0xce -> in.getInt() & 0xffffffffL;
            case 0xcf -> unsigned(in.getLong());
            case 0xd0 -> (long) in.get();
            case 0xd1 -> (long) in.getShort();
            case 0xd2 -> (long) in.getInt();
            case 0xd3 -> in.getLong();
            case 0xd9 -> string(in, in.get() & 0xff);
            case 0xda -> string(in, in.getShort() & 0xffff);
            case 0xdb -> string(in, in.getInt());
            case 0xdc -> list(in, in.getShort() & 0xffff, depth);
            case 0xdd -> list(in, in.getInt(), depth);
            case 0xde -> map(in, in.getShort() & 0xffff, depth);
            case 0xdf -> map(in, in.getInt(), depth);
            default -> throw new IllegalArgumentException("unsupported tag 0x" + Integer.toHexString(tag));
        };
    }

    private static Object unsigned(long bits) {
        return bits >= 0 ? (Object) bits : new BigInteger(Long.toUnsignedString(bits));
    }

    private static byte[] bytes(ByteBuffer in, int length) {
        checkFits(in, length);
        byte[] value = new byte[length];
        in.get(value);
        return value;
    }

    private static String string(ByteBuffer in, int length) {
        return new String(bytes(in, length), StandardCharsets.UTF_8);
    }

    private static List<@Nullable Object> list(ByteBuffer in, int length, int depth) {
        checkFits(in, length);
        List<@Nullable Object> value = new ArrayList<>(length);
        for (int i = 0; i < length; i++) {
            value.add(read(in, depth + 1));
        }
        return value;
    }

    private static Map<@Nullable Object, @Nullable Object> map(ByteBuffer in, int length, int depth) {
        checkFits(in, length);
        Map<@Nullable Object, @Nullable Object> value = new LinkedHashMap<>();
        for (int i = 0; i < length; i++) {
            Object key = read(in, depth + 1);
            value.put(key, read(in, depth + 1));
        }
        return value;
    }

    /** Every element takes a byte or more, so a larger length is a lie and must not size an array. */
    private static void checkFits(ByteBuffer in, int length) {
        if (length < 0 || length > in.remaining()) {
            throw new IllegalArgumentException("length " + length + " exceeds the " + in.remaining() + " bytes left");
        }
    }

    private static void write(@Nullable Object value, ByteArrayOutputStream out) {
        if (value == null) {
            out.write(0xc0);
        } else if (value instanceof Boolean flag) {
            out.write(flag ? 0xc3 : 0xc2);
        } else if (value instanceof Double || value instanceof Float || value instanceof BigDecimal) {
            out.write(0xcb);
            number(Double.doubleToLongBits(((Number) value).doubleValue()), 8, out);
        } else if (value instanceof BigInteger integer && integer.bitLength() == 64 && integer.signum() > 0) {
            out.write(0xcf);
            number(integer.longValue(), 8, out);
        } else if (value instanceof BigInteger integer) {
            integer(integer.longValueExact(), out);
        } else if (value instanceof Number number) {
            integer(number.longValue(), out);
        } else if (value instanceof CharSequence text) {
            byte[] utf8 = text.toString().getBytes(StandardCharsets.UTF_8);
            header(utf8.length, 0xa0, 32, 0xd9, out);
            out.writeBytes(utf8);
        } else if (value instanceof byte[] bytes) {
            header(bytes.length, 0, 0, 0xc4, out);
            out.writeBytes(bytes);
        } else if (value instanceof List<?> list) {
            header(list.size(), 0x90, 16, 0xdb, out);
            list.forEach(element -> write(element, out));
        } else if (value instanceof Map<?, ?> map) {
            header(map.size(), 0x80, 16, 0xdd, out);
            map.forEach((key, element) -> {
                write(key, out);
                write(element, out);
            });
        } else {
            throw new IllegalArgumentException(
                    "no MessagePack form for " + value.getClass().getName());
        }
    }

    /** Writes a length: in the tag if short, else after {@code tag8}, its 16-bit or its 32-bit neighbour. */
    private static void header(int length, int shortTag, int shortLimit, int tag8, ByteArrayOutputStream out) {
        boolean has8 = tag8 == 0xd9 || tag8 == 0xc4;
        if (length < shortLimit) {
            out.write(shortTag | length);
        } else if (has8 && length < 1 << 8) {
            out.write(tag8);
            number(length, 1, out);
        } else if (length < 1 << 16) {
            out.write(tag8 + 1);
            number(length, 2, out);
        } else {
            out.write(tag8 + 2);
            number(length, 4, out);
        }
    }

    private static void integer(long value, ByteArrayOutputStream out) {
        if (value >= -32 && value < 128) {
            out.write((int) value); // one byte, cut by write
        } else if (value >= 0) {
            int width = value < 1L << 8 ? 0 : value < 1L << 16 ? 1 : value < 1L << 32 ? 2 : 3;
            out.write(0xcc + width);
            number(value, 1 << width, out);
        } else {
            int width = value >= Byte.MIN_VALUE ? 0 : value >= Short.MIN_VALUE ? 1 : value >= Integer.MIN_VALUE ? 2 : 3;
            out.write(0xd0 + width);
            number(value, 1 << width, out);
        }
    }

    private static void number(long value, int bytes, ByteArrayOutputStream out) {
        for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8) {
            out.write((int) (value >>> shift)); // the low byte counts
        }
    }
}
