package io.deltacat.flink.sink.commit;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deltacat.client.TableRef;
import io.deltacat.client.TransactionRef;
import io.deltacat.client.model.WireJson;
import io.deltacat.client.model.WriteEntry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.annotation.Internal;

/**
 * Building blocks of the sink's state formats: big-endian numbers, texts as length and UTF-8, lists as count and elements.
 * File entries are JSON in the wire's own form, so that a later release reads what an earlier one wrote. Stateless; every
 * size is checked against the bytes that are left before anything is allocated.
 */
@Internal
final class StateBytes {
    private static final ObjectMapper JSON = WireJson.clientMapper();

    private StateBytes() {}

    /** Something that writes to a stream. */
    interface Body {
        void write(DataOutputStream out) throws IOException;
    }

    /** Something that reads an element. */
    interface Element<T> {
        T read(DataInputStream in) throws IOException;
    }

    static byte[] write(Body body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            body.write(out);
        }
        return bytes.toByteArray();
    }

    /** Reads one whole value; bytes that are left over are an error. */
    static <T> T read(String what, int version, int known, byte[] serialized, Element<T> element) throws IOException {
        if (version < 1 || version > known) {
            throw new IOException("State of " + what + " has version " + version + "; this release reads versions 1 to "
                    + known + ". Restore with the release that wrote it, or a later one.");
        }
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(serialized));
        try {
            T value = element.read(in);
            if (in.available() > 0) {
                throw new IOException("State of " + what + " has " + in.available() + " bytes too many; expected "
                        + "none. The state is corrupt.");
            }
            return value;
        } catch (IllegalArgumentException | java.io.EOFException e) {
            throw new IOException(
                    "State of " + what + " (" + serialized.length + " bytes) cannot be read. The state is "
                            + "corrupt, or another release wrote it.",
                    e);
        }
    }

    static void text(DataOutputStream out, String text) throws IOException {
        bytes(out, text.getBytes(StandardCharsets.UTF_8));
    }

    static String text(DataInputStream in) throws IOException {
        return new String(bytes(in), StandardCharsets.UTF_8);
    }

    static void target(DataOutputStream out, DeltaTarget target) throws IOException {
        String version = target.table().tableVersion();
        text(out, target.table().namespace());
        text(out, target.table().table());
        out.writeBoolean(version != null);
        if (version != null) {
            text(out, version);
        }
        text(out, target.mode().wireName());
        text(out, target.format());
        out.writeInt(target.sequence());
    }

    static DeltaTarget target(DataInputStream in) throws IOException {
        String namespace = text(in);
        String table = text(in);
        TableRef ref = in.readBoolean() ? new TableRef(namespace, table, text(in)) : TableRef.of(namespace, table);
        return new DeltaTarget(ref, DeltaMode.ofWireName(text(in)), text(in), in.readInt());
    }

    static void transaction(DataOutputStream out, TransactionRef transaction) throws IOException {
        text(out, transaction.transactionId());
        out.writeLong(transaction.transactionVersion());
    }

    static TransactionRef transaction(DataInputStream in) throws IOException {
        return new TransactionRef(text(in), in.readLong());
    }

    static void entries(DataOutputStream out, List<WriteEntry> entries) throws IOException {
        bytes(out, JSON.writeValueAsBytes(entries));
    }

    static List<WriteEntry> entries(DataInputStream in) throws IOException {
        return JSON.readValue(bytes(in), new TypeReference<List<WriteEntry>>() {});
    }

    static <T> List<T> list(DataInputStream in, Element<T> element) throws IOException {
        int count = size(in);
        List<T> list = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            list.add(element.read(in));
        }
        return list;
    }

    private static void bytes(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] bytes(DataInputStream in) throws IOException {
        byte[] bytes = new byte[size(in)];
        in.readFully(bytes);
        return bytes;
    }

    private static int size(DataInputStream in) throws IOException {
        int size = in.readInt();
        if (size < 0 || size > in.available()) {
            throw new IllegalArgumentException("a length is " + size + " where " + in.available() + " bytes are left");
        }
        return size;
    }
}
