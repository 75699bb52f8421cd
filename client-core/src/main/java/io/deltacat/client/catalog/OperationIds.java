package io.deltacat.client.catalog;

import java.util.UUID;

/** Makes operation ids as the protocol spells them: {@code op_} and 32 hex digits. */
public final class OperationIds {
    private OperationIds() {}

    /**
     * Makes a random operation id.
     *
     * @return a new id
     */
    public static String random() {
        return "op_" + UUID.randomUUID().toString().replace("-", "");
    }
}
