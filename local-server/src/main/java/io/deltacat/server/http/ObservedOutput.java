package io.deltacat.server.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** Passes a reply on and keeps its first bytes for the observer, who is told before the last byte is passed on. */
final class ObservedOutput extends OutputStream {
    private final OutputStream target;
    private final RequestObserver observer;
    private final ObservedRequest request;
    private final byte[] requestBody;
    private final long declaredLength;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private long written;
    private boolean told;

    /**
     * An output that tells once.
     *
     * @param target where the reply goes
     * @param observer wants bodies
     * @param request the request that is answered
     * @param requestBody its body
     * @param declaredLength length of the reply in bytes, -1 if not known before it is written
     */
    ObservedOutput(
            OutputStream target,
            RequestObserver observer,
            ObservedRequest request,
            byte[] requestBody,
            long declaredLength) {
        this.target = target;
        this.observer = observer;
        this.request = request;
        this.requestBody = requestBody;
        this.declaredLength = declaredLength;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        kept.write(source, offset, Math.min(length, observer.bodyLimit() - kept.size()));
        written += length;
        if (written == declaredLength) {
            tell();
        }
        target.write(source, offset, length);
    }

    /** The body is written; what ends the reply comes after this. */
    void complete() {
        tell();
    }

    private void tell() {
        if (told) {
            return;
        }
        told = true;
        int limit = observer.bodyLimit();
        byte[] asked = requestBody.length > limit ? Arrays.copyOf(requestBody, limit) : requestBody;
        observer.onExchange(new ObservedExchange(
                request, asked, kept.toByteArray(), written == kept.size() && asked.length == requestBody.length));
    }
}
