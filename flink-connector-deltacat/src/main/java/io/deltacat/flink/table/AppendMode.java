package io.deltacat.flink.table;

import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.configuration.DescribedEnum;
import org.apache.flink.configuration.description.InlineElement;
import org.apache.flink.configuration.description.TextElement;

/** How the rows of a checkpoint are added to the table; values of {@code sink.mode}. */
@PublicEvolving
public enum AppendMode implements DescribedEnum {
    /** As an ordered delta. */
    APPEND("append", "as an ordered delta: readers follow it at low cost, one ordered writer at a time"),
    /** As an unordered delta. */
    ADD("add", "as an unordered delta: any number of jobs may write at once without conflicts");

    private final String optionValue;
    private final String description;

    AppendMode(String optionValue, String description) {
        this.optionValue = optionValue;
        this.description = description;
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
