package io.deltacat.flink.table;

import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.configuration.DescribedEnum;
import org.apache.flink.configuration.description.InlineElement;
import org.apache.flink.configuration.description.TextElement;

/** Where a job that is not restored begins to read; values of {@code scan.startup.mode}. */
@PublicEvolving
public enum StartupMode implements DescribedEnum {
    /** At the watermark of the subscription {@code scan.subscription-id}. */
    SUBSCRIPTION("subscription", "at the watermark of the subscription in 'scan.subscription-id'"),
    /** With everything the table holds now. */
    FULL("full", "with everything the table holds, then what is added"),
    /** With what is added after the job started. */
    LATEST("latest", "with what is added after the start of the job");

    private final String optionValue;
    private final String description;

    StartupMode(String optionValue, String description) {
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
