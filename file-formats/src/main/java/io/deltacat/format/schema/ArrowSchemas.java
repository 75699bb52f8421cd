package io.deltacat.format.schema;

import io.deltacat.format.FormatException;
import java.nio.ByteBuffer;
import java.util.Base64;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Turns Arrow schemas into DeltaCAT's {@code schema_serialized} and back: base64 of the encapsulated Arrow IPC schema
 * message (protocol/data-plane.md §1.3). Thread-safe; needs no JVM flag.
 */
public final class ArrowSchemas {
    private ArrowSchemas() {}

    /**
     * Decodes a serialized schema.
     *
     * @param serialized base64 text, without line breaks
     * @throws FormatException.InvalidSchema if the text is not base64 or not an Arrow IPC schema message
     */
    public static Schema fromBase64(String serialized) {
        try {
            return Schema.deserializeMessage(ByteBuffer.wrap(Base64.getDecoder().decode(serialized)));
        } catch (RuntimeException e) {
            throw new FormatException.InvalidSchema(
                    "Serialized schema of " + serialized.length()
                            + " characters is not a base64 Arrow IPC schema message. Send the schema as pyarrow's"
                            + " Schema.serialize() or ArrowSchemas.toBase64 writes it.",
                    e);
        }
    }

    /**
     * Encodes a schema, field and schema metadata included.
     *
     * @param schema any schema
     */
    public static String toBase64(Schema schema) {
        return Base64.getEncoder().encodeToString(schema.serializeAsMessage());
    }
}
