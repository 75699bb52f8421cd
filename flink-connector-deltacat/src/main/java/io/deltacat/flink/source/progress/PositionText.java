package io.deltacat.flink.source.progress;

import io.deltacat.flink.source.codec.CorruptStateException;
import io.deltacat.flink.source.codec.StateInput;
import io.deltacat.flink.source.codec.StateOutput;
import io.deltacat.flink.source.feed.PositionSet;
import java.util.Base64;
import org.apache.flink.annotation.Internal;

/** Writes a set of positions as text: base64 of the count and the ascending differences, about 12 characters each. Pure. */
@Internal
final class PositionText {
    private PositionText() {}

    static String encode(PositionSet positions) {
        StateOutput out = new StateOutput();
        out.writeLong(positions.size());
        long before = 0;
        for (int i = 0; i < positions.size(); i++) {
            out.writeLong(positions.at(i) - before);
            before = positions.at(i);
        }
        return Base64.getEncoder().withoutPadding().encodeToString(out.toByteArray());
    }

    /**
     * Reads the text.
     *
     * @param text what {@link #encode} returned
     * @return the positions
     * @throws CorruptStateException when it is something else
     */
    static PositionSet decode(String text) throws CorruptStateException {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new CorruptStateException("Text of positions is not base64: " + e.getMessage());
        }
        StateInput in = new StateInput("a set of positions", bytes);
        int count = in.readCount(1);
        long[] positions = new long[count];
        long before = 0;
        for (int i = 0; i < count; i++) {
            before += in.readLong();
            positions[i] = before;
        }
        in.end();
        return PositionSet.of(positions);
    }
}
