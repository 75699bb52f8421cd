package io.deltacat.client.write;

import com.fasterxml.jackson.databind.JsonNode;
import io.deltacat.client.FailureContextBuilder;
import io.deltacat.client.TableRef;
import io.deltacat.client.Unsupported;
import io.deltacat.client.model.WriteSession;
import io.deltacat.client.model.WriteSessionCreateRequestBuilder;
import org.jspecify.annotations.Nullable;

/**
 * A write that happens once (protocol/data-plane.md §1.11). Needs a server of 0.1.67. Immutable.
 *
 * @param writeKey names the write among all of the table, such as a job and its input's date
 * @param inputSha256 hash of what the write depends on, 64 hex digits; a later run with another one is refused
 * @param inputContext what the server keeps beside the hash for people to look at, 16 KiB at most, or null
 */
public record WriteOnce(
        String writeKey, String inputSha256, @Nullable JsonNode inputContext) {

    /** Checks the parts. */
    public WriteOnce {
        if (writeKey.isBlank() || !inputSha256.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("Write once: writeKey is '" + writeKey + "' and inputSha256 is '"
                    + inputSha256 + "'; expected a name and 64 lower-case hex digits.");
        }
    }

    void applyTo(WriteSessionCreateRequestBuilder request) {
        request.writeOnce(true)
                .writeKey(writeKey)
                .ownerKey(writeKey)
                .writeOnceInputSha256(inputSha256)
                .writeOnceInputContext(inputContext);
    }

    /** Checks that the server understood: one that does not would write the rows again with every run. */
    void checkEcho(TableRef table, WriteSession session) {
        if (!session.writeOnce() || !inputSha256.equals(session.writeOnceInputSha256())) {
            throw new Unsupported(FailureContextBuilder.builder()
                    .code("write_once_not_honoured")
                    .problem("the server opened session '" + session.sessionId() + "' of table '" + table
                            + "' without keeping it once for key '" + writeKey + "'")
                    .cure("Use a server of 0.1.67 or later, or write without once(...).")
                    .build());
        }
    }
}
