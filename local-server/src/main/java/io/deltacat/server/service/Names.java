package io.deltacat.server.service;

import io.deltacat.server.machine.Refusal;
import io.deltacat.server.machine.RefusalKind;
import java.nio.charset.StandardCharsets;

/** What a name must look like. */
final class Names {
    private static final int LONGEST = 256;

    private Names() {}

    /** Refuses a text that has no UTF-8 form: half of a surrogate pair. */
    static void checkText(String field, String text) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw Refusal.of(
                            RefusalKind.INVALID_FIELD,
                            "field '" + field
                                    + "' holds half of a surrogate pair, which is no character; correct the text")
                    .with("field", field)
                    .asException();
        }
    }

    /** Refuses a name that is blank, too long or holds control characters. */
    static void check(String field, String name) {
        checkText(field, name);
        boolean control = name.chars().anyMatch(Character::isISOControl);
        if (name.isBlank() || name.length() > LONGEST || control) {
            throw Refusal.of(
                            RefusalKind.INVALID_FIELD,
                            "field '" + field + "' is no usable name; expected 1 to " + LONGEST
                                    + " characters without control characters, not only blanks")
                    .with("field", field)
                    .asException();
        }
    }
}
