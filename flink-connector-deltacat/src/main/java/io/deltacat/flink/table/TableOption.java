package io.deltacat.flink.table;

import static java.util.Objects.requireNonNull;

import java.util.function.Predicate;
import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.ConfigOption;

/**
 * One option of a DeltaCAT table with what its value must be. Immutable.
 *
 * @param option Flink's description of the option: key, type, default, text
 * @param section which part of the documentation it belongs to
 * @param expected what a value must be, as it is shown in error messages ({@code a positive duration such as 10 s})
 * @param accepts whether a parsed value may be used
 * @param <T> type of the value
 */
@Internal
record TableOption<T>(ConfigOption<T> option, Section section, String expected, Predicate<T> accepts) {

    /** Parts of the option table. */
    enum Section {
        CONNECTION,
        SOURCE,
        SINK
    }

    TableOption {
        requireNonNull(option, "option");
        requireNonNull(section, "section");
        requireNonNull(expected, "expected");
        requireNonNull(accepts, "accepts");
    }

    /** Returns the key as users type it. */
    String key() {
        return option.key();
    }
}
