package io.deltacat.server.service;

import io.deltacat.server.machine.Refusal;
import io.deltacat.server.machine.RefusalKind;

/** What a name must look like. */
final class Names {
    private static final int LONGEST = 256;

    private Names() {}

    /** Refuses a name that is blank, too long or holds control characters. */
    static void check(String field, String name) {
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
