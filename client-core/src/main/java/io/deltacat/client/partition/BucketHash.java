package io.deltacat.client.partition;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The two bucket hashes of the protocol. */
final class BucketHash {
    private BucketHash() {}

    static int sha1(Object value, int buckets) {
        byte[] digest = sha1Digest().digest(PythonText.of(value).getBytes(StandardCharsets.UTF_8));
        return (int) (Integer.toUnsignedLong(ByteBuffer.wrap(digest).getInt()) % buckets);
    }

    static int iceberg(Object value, int buckets) {
        byte[] bytes;
        if (value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte) {
            bytes = little(((Number) value).longValue());
        } else if (value instanceof Boolean flag) {
            // A Python bool is an int.
            bytes = little(flag ? 1 : 0);
        } else if (value instanceof byte[] raw) {
            bytes = raw;
        } else {
            bytes = PythonText.of(value).getBytes(StandardCharsets.UTF_8);
        }
        return (murmur3(bytes) & Integer.MAX_VALUE) % buckets;
    }

    private static byte[] little(long value) {
        return ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array();
    }

    private static MessageDigest sha1Digest() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform must provide SHA-1", e);
        }
    }

    /** MurmurHash3_x86_32 with seed 0. */
    static int murmur3(byte[] data) {
        int hash = 0;
        int blocks = data.length / 4;
        ByteBuffer buffer = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < blocks; i++) {
            hash ^= mixKey(buffer.getInt(i * 4));
            hash = Integer.rotateLeft(hash, 13) * 5 + 0xe6546b64;
        }
        int tail = 0;
        for (int i = data.length - 1; i >= blocks * 4; i--) {
            tail = tail << 8 | data[i] & 0xff;
        }
        if (data.length % 4 != 0) {
            hash ^= mixKey(tail);
        }
        hash ^= data.length;
        hash = (hash ^ hash >>> 16) * 0x85ebca6b;
        hash = (hash ^ hash >>> 13) * 0xc2b2ae35;
        return hash ^ hash >>> 16;
    }

    private static int mixKey(int key) {
        return Integer.rotateLeft(key * 0xcc9e2d51, 15) * 0x1b873593;
    }
}
