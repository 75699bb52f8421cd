package io.deltacat.flink.source;

import java.util.Locale;
import org.apache.flink.annotation.PublicEvolving;

/** When the source moves its subscription's watermark on. */
@PublicEvolving
public enum Acknowledgement {
    /** After each completed checkpoint, up to what it covers. Without checkpoints the watermark stays. */
    ON_CHECKPOINT,
    /** Never; the subscription only says where to start. */
    NONE;

    /** Returns the value of the option {@code scan.ack} that stands for it, such as {@code on-checkpoint}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
