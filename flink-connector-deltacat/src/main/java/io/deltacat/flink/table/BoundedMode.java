package io.deltacat.flink.table;

import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.configuration.DescribedEnum;
import org.apache.flink.configuration.description.InlineElement;
import org.apache.flink.configuration.description.TextElement;

/** Where reading ends; values of {@code scan.bounded.mode}. */
@PublicEvolving
public enum BoundedMode implements DescribedEnum {
    /** Never: the table is followed. */
    UNBOUNDED("unbounded", "never, the table is followed until the job is cancelled"),
    /** With the last delta that is there when the job starts. */
    LATEST("latest", "with the snapshot that the table shows when the job starts"),
    /** With the table as it was at a time. */
    AS_OF("as-of", "with the table as it was at 'scan.bounded.timestamp'");

    private final String optionValue;
    private final String description;

    BoundedMode(String optionValue, String description) {
        this.optionValue = optionValue;
        this.description = description;
    }

    /** Returns the mode in Flink's words. */
    Boundedness boundedness() {
        return switch (this) {
            case UNBOUNDED -> Boundedness.CONTINUOUS_UNBOUNDED;
            case LATEST, AS_OF -> Boundedness.BOUNDED;
        };
    }

    @Override
    public InlineElement getDescription() {
        return TextElement.text(description);
    }

    /** Returns the value as users type it. */
    @Override
    public String toString() {
        return optionValue;
    }
}
