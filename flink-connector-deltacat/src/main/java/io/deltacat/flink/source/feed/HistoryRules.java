package io.deltacat.flink.source.feed;

import io.deltacat.flink.source.HistoryPolicy;
import java.io.Serial;
import java.io.Serializable;
import java.util.Objects;
import org.apache.flink.annotation.Internal;

/**
 * What to do when the past of a table changed. Immutable.
 *
 * @param onReplace when rows that were emitted were replaced: {@code scan.on-replace}
 * @param onHistoryLost when deltas are gone that were not read: {@code scan.on-history-lost}
 */
@Internal
public record HistoryRules(HistoryPolicy onReplace, HistoryPolicy onHistoryLost) implements Serializable {
    /** Stops the job in either case. */
    public static final HistoryRules FAIL = new HistoryRules(HistoryPolicy.FAIL, HistoryPolicy.FAIL);

    @Serial
    private static final long serialVersionUID = 1L;

    /** Checks that nothing is missing. */
    public HistoryRules {
        Objects.requireNonNull(onReplace, "onReplace");
        Objects.requireNonNull(onHistoryLost, "onHistoryLost");
    }
}
