package io.deltacat.server.http;

import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Holds the first bytes of a streamed body back, so that a failure before they are full can still get an error status. */
final class DeferredOutput extends OutputStream {
    private static final int HELD_BYTES = 64 * 1024;

    private final Supplier<OutputStream> target;
    private final byte[] held = new byte[HELD_BYTES];
    private int count;
    private @Nullable OutputStream opened;

    DeferredOutput(Supplier<OutputStream> target) {
        this.target = target;
    }

    /** Whether the response has begun. */
    boolean isStarted() {
        return opened != null;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        if (opened == null && length <= HELD_BYTES - count) {
            System.arraycopy(source, offset, held, count, length);
            count += length;
            return;
        }
        started().write(source, offset, length);
    }

    /** Sends what is held and ends the response. */
    void finish() throws IOException {
        started().close();
    }

    private OutputStream started() throws IOException {
        OutputStream out = opened;
        if (out == null) {
            out = target.get();
            opened = out;
            out.write(held, 0, count);
        }
        return out;
    }
}
