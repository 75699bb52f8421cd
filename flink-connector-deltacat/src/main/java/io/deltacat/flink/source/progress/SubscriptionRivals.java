package io.deltacat.flink.source.progress;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.annotation.Internal;

/**
 * Notices other sources of the same job that write into the same watermark document. The server replaces a document as a
 * whole, so one of them would at times overwrite the other's progress. Sources of one job do not see each other while the job
 * is planned or started; here they meet.
 *
 * <p>An entry is a rival's only when it changes while this source looks on: what a job of the past left there is no rival.
 * Confined to one thread at a time; pure.
 */
@Internal
public final class SubscriptionRivals {
    private final String table;
    private final SourceOrigin origin;
    private final Map<String, String> entries = new HashMap<>();
    private boolean looked;

    /**
     * Starts without knowing anything.
     *
     * @param table {@code namespace.table} of this source
     * @param origin where this source is
     */
    public SubscriptionRivals(String table, SourceOrigin origin) {
        this.table = table;
        this.origin = origin;
    }

    /**
     * Looks at a document.
     *
     * @param found the document as it is now
     * @return the name of a table whose entry another source of this job has changed since the last look
     */
    public Optional<String> changedBy(WatermarkDocument found) {
        Optional<String> rival = Optional.empty();
        for (Map.Entry<String, WatermarkDocument.Entry> entry : found.entries().entrySet()) {
            String digest = entry.getValue().digest();
            String before = entries.put(entry.getKey(), digest);
            boolean changed = looked && !digest.equals(before);
            boolean sibling = origin.siblingOf(entry.getValue().origin());
            if (changed && sibling) {
                rival = Optional.of(entry.getKey());
            }
        }
        looked = true;
        return rival;
    }

    /**
     * Returns the text for a job that must stop.
     *
     * @param subscription id of the subscription
     * @param rival the other source's table
     * @return the whole message
     */
    public String message(String subscription, String rival) {
        return "Subscription '%s': the source of table %s and the source of table %s are in one job and both move its watermark; expected one source for each subscription, since one would overwrite what the other wrote. Give each its own 'scan.subscription-id', or share one scan of the table."
                .formatted(subscription, table, rival);
    }
}
