package io.deltacat.server.service;

import io.deltacat.server.machine.Refusal;
import io.deltacat.server.machine.RefusalKind;
import java.util.List;

/** Short content types of data files (protocol/control-plane.md §6.2). */
final class ContentTypes {
    private static final List<String> KNOWN = List.of(
            "parquet",
            "lance",
            "csv",
            "tsv",
            "psv",
            "json",
            "feather",
            "avro",
            "orc",
            "binary",
            "unescaped_tsv",
            "application/x-amzn-unescaped-tsv");

    private ContentTypes() {}

    /** Refuses a content type that nobody knows. */
    static void check(String field, String contentType) {
        if (!KNOWN.contains(contentType)) {
            throw Refusal.of(
                            RefusalKind.INVALID_FIELD,
                            "field '" + field + "' is '" + contentType + "'; expected one of "
                                    + String.join(", ", KNOWN))
                    .with("field", field)
                    .asException();
        }
    }
}
