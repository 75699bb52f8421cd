package io.deltacat.server.service;

import io.deltacat.client.model.DataFile;
import io.deltacat.client.model.ReadPlan;
import io.deltacat.client.model.ScanTask;
import java.io.IOException;

/**
 * Takes a read plan piece by piece, so that a big one is never on the heap as a whole. No part of the store is held while a
 * sink works: it may wait for a slow peer.
 */
public interface PlanSink {
    /**
     * The plan without its scan tasks and totals; comes first, once.
     *
     * @param plan everything else
     * @throws IOException if the peer is gone
     */
    void begin(ReadPlan plan) throws IOException;

    /**
     * The next scan task; its files follow.
     *
     * @param task one delta without its files
     * @throws IOException if the peer is gone
     */
    void task(ScanTask task) throws IOException;

    /**
     * The next file of the task told last.
     *
     * @param file the file
     * @throws IOException if the peer is gone
     */
    void file(DataFile file) throws IOException;

    /**
     * The totals; come last, once.
     *
     * @param totals sums over the plan
     * @throws IOException if the peer is gone
     */
    void end(PlanTotals totals) throws IOException;
}
