package io.deltacat.server.machine;

import org.jspecify.annotations.Nullable;

/**
 * What makes a session the one write of its key for good (protocol/data-plane.md §1.11). Immutable.
 *
 * @param scope digest over how it was asked to write
 * @param inputSha256 digest of the input, as the caller gave it
 * @param inputContext the caller's words about the input, JSON text of an object; null if none
 */
public record WriteOnce(
        String scope, String inputSha256, @Nullable String inputContext) {
    /** The first thing in which another request differs; null if it asks for the same write. */
    public @Nullable String difference(WriteOnce other) {
        if (!inputSha256.equals(other.inputSha256)) {
            return "write_once_input_sha256";
        }
        if (inputContext == null ? other.inputContext != null : !inputContext.equals(other.inputContext)) {
            return "write_once_input_context";
        }
        return scope.equals(other.scope) ? null : "mode, format, table_version, layout, root or owner_key";
    }
}
