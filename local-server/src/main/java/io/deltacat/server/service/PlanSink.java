package io.deltacat.server.service;

import io.deltacat.client.model.ReadPlan;
import io.deltacat.client.model.ScanTask;
import java.io.IOException;

/** Takes a read plan piece by piece, so that a big one is never on the heap as a whole. */
public interface PlanSink {
    /**
     * The plan without its scan tasks; comes first, once.
     *
     * @param plan everything else
     * @throws IOException if the peer is gone
     */
    void begin(ReadPlan plan) throws IOException;

    /**
     * The next scan task.
     *
     * @param task one delta with its files
     * @throws IOException if the peer is gone
     */
    void task(ScanTask task) throws IOException;
}
