package io.deltacat.flink.table;

import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.configuration.DescribedEnum;
import org.apache.flink.configuration.description.InlineElement;
import org.apache.flink.configuration.description.TextElement;

/** When the watermark of the subscription moves on; values of {@code scan.ack}. */
@PublicEvolving
public enum AcknowledgePolicy implements DescribedEnum {
    /** When a checkpoint that covers the rows has completed. */
    ON_CHECKPOINT("on-checkpoint", "when a checkpoint that covers the rows has completed"),
    /** Never. */
    NONE("none", "never, the subscription is read and left as it is");

    private final String optionValue;
    private final String description;

    AcknowledgePolicy(String optionValue, String description) {
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
