package io.deltacat.quickstart;

import io.deltacat.quickstart.flights.CarrierDelays;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.apache.flink.util.CloseableIterator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the present answer of the query that never ends. A thread of its own takes Flink's updates; reading is
 * thread-safe.
 */
final class LiveQuery implements AutoCloseable {
    private final JobClient job;
    private final CloseableIterator<Row> updates;
    private final Thread thread;
    private final Map<String, CarrierDelays> answer = new TreeMap<>();

    /**
     * Starts to take updates.
     *
     * @param result the running query: carrier, flights, cancelled, average delay, longest delay
     */
    LiveQuery(TableResult result) {
        this.job = result.getJobClient().orElseThrow();
        this.updates = result.collect();
        this.thread = new Thread(this::take, "live-query");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    JobClient job() {
        return job;
    }

    /** How many flights the answer counts. */
    long flights() {
        synchronized (answer) {
            return answer.values().stream().mapToLong(CarrierDelays::flights).sum();
        }
    }

    /** The answer by carrier. */
    List<CarrierDelays> answer() {
        synchronized (answer) {
            return new ArrayList<>(answer.values());
        }
    }

    private void take() {
        try {
            while (updates.hasNext()) {
                Row row = updates.next();
                synchronized (answer) {
                    apply(row);
                }
            }
        } catch (RuntimeException e) {
            // The job ended, by us or by a failure; its result says which, and the run watches that.
            return;
        }
    }

    private void apply(Row row) {
        String carrier = row.getFieldAs(0);
        if (row.getKind() == RowKind.INSERT || row.getKind() == RowKind.UPDATE_AFTER) {
            Double average = row.getFieldAs(3);
            answer.put(
                    carrier,
                    new CarrierDelays(
                            carrier,
                            row.<Long>getFieldAs(1),
                            row.<Long>getFieldAs(2),
                            decimals(average),
                            row.getFieldAs(4)));
        } else if (row.getKind() == RowKind.DELETE) {
            answer.remove(carrier);
        }
    }

    private static @Nullable BigDecimal decimals(@Nullable Double value) {
        return value == null ? null : BigDecimal.valueOf(value).setScale(2, RoundingMode.HALF_UP);
    }

    @Override
    public void close() throws Exception {
        updates.close();
    }
}
