package io.deltacat.server.service;

import io.deltacat.client.model.DataFile;
import io.deltacat.client.model.ScanTask;
import java.io.IOException;

/** A part of a plan between store and peer. */
sealed interface PlanPiece {
    /** Hands it to the sink. */
    void to(PlanSink sink) throws IOException;

    /** A scan task begins. */
    record Task(ScanTask task) implements PlanPiece {
        @Override
        public void to(PlanSink sink) throws IOException {
            sink.task(task);
        }
    }

    /** A file of the task that began last. */
    record File(DataFile file) implements PlanPiece {
        @Override
        public void to(PlanSink sink) throws IOException {
            sink.file(file);
        }
    }
}
