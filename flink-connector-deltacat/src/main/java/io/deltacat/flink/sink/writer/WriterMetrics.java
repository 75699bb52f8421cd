package io.deltacat.flink.sink.writer;

import io.deltacat.format.file.FileStats;
import java.util.concurrent.TimeUnit;
import org.apache.flink.annotation.Internal;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.groups.SinkWriterMetricGroup;

/**
 * What one parallel writer reports. Files are finished on several threads, so counting them is synchronized; the rest
 * belongs to the mailbox thread. Names follow FLIP-33 where it has one.
 */
@Internal
final class WriterMetrics implements FileObserver {
    private final Counter records;
    private final Counter refusedRecords;
    private final Counter bytes;
    private final Counter files;
    private final Counter uploadMillis;
    private volatile int openFiles;
    private volatile int filesOfLastCheckpoint;
    private volatile long lastUploadMillis;

    WriterMetrics(SinkWriterMetricGroup metrics) {
        this.records = metrics.getNumRecordsSendCounter();
        this.refusedRecords = metrics.getNumRecordsSendErrorsCounter();
        this.bytes = metrics.getNumBytesSendCounter();
        this.files = metrics.counter("numFilesSend");
        this.uploadMillis = metrics.counter("uploadTimeMs");
        metrics.setCurrentSendTimeGauge(() -> lastUploadMillis);
        metrics.gauge("openFiles", () -> openFiles);
        metrics.gauge("lastCheckpointFiles", () -> filesOfLastCheckpoint);
    }

    void recordTaken() {
        records.inc();
    }

    void recordRefused() {
        refusedRecords.inc();
    }

    void checkpointFiles(int count) {
        filesOfLastCheckpoint = count;
    }

    @Override
    public void openFiles(int count) {
        openFiles = count;
    }

    @Override
    public synchronized void finished(FileStats stats, long nanos) {
        bytes.inc(stats.contentLength());
        files.inc();
        lastUploadMillis = TimeUnit.NANOSECONDS.toMillis(nanos);
        uploadMillis.inc(lastUploadMillis);
    }
}
