package io.deltacat.quickstart;

import io.deltacat.client.DeltaCatClient;
import io.deltacat.client.TableRef;
import io.deltacat.client.model.PartitionSummary;
import io.deltacat.client.model.TableDescription;
import io.deltacat.client.read.TableRows;
import io.deltacat.client.subscription.Watermark;
import io.deltacat.quickstart.flights.Flight;
import io.deltacat.quickstart.flights.FlightStatus;
import java.net.URI;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Looks at tables and subscriptions through the plain Java client, not through Flink: the second opinion of the report.
 * Thread-safe; every call asks the server.
 */
final class TableObserver implements AutoCloseable {
    private final DeltaCatClient client;

    /**
     * What a table's visible deltas look like.
     *
     * @param deltas how many there are
     * @param lastPosition the highest stream position, empty if there is no delta
     */
    record Deltas(long deltas, Optional<Long> lastPosition) {}

    TableObserver(URI server) {
        this.client = DeltaCatClient.builder().uri(server).build();
    }

    DeltaCatClient client() {
        return client;
    }

    /** How many rows are visible now; 0 if the table does not exist yet. */
    long rows(TableRef table) {
        Optional<TableDescription> found = client.catalog().findTable(table);
        if (found.isEmpty()) {
            return 0;
        }
        Long records = client.catalog().describeTableWithCounts(table).totalRecords();
        return records == null ? 0 : records;
    }

    Deltas deltas(TableRef table) {
        TableDescription description = client.catalog().describeTableWithCounts(table);
        Long count = description.deltaCount();
        String version = description.tableVersion();
        String stream = description.streamId();
        if (count == null || version == null || stream == null) {
            return new Deltas(0, Optional.empty());
        }
        Optional<Long> last = client.catalog().listPartitions(table.withVersion(version), stream).stream()
                .map(PartitionSummary::streamPosition)
                .filter(Objects::nonNull)
                .max(Long::compare);
        return new Deltas(count, last);
    }

    /** The highest position that a subscription was acknowledged up to, empty if it never was. */
    Optional<Long> watermark(String subscription) {
        return client.subscriptions()
                .watermark(subscription)
                .map(Watermark::partitionWatermarks)
                .flatMap(positions -> positions.values().stream().max(Long::compare));
    }

    /** Every row of a table, read by the plain Java client. */
    List<Flight> flights(TableRef table) {
        return read(table, TableObserver::flight);
    }

    /** Every row of a table with the state of each flight, merged and read by the plain Java client. */
    List<FlightStatus> statuses(TableRef table) {
        return read(table, row -> new FlightStatus(flight(row), row.required("status", String.class)));
    }

    private <T> List<T> read(TableRef table, Function<Row, T> rowReader) {
        List<T> all = new ArrayList<>();
        try (TableRows rows = client.catalog().read(table).openRows()) {
            while (rows.hasNext()) {
                all.add(rowReader.apply(new Row(table, rows.next())));
            }
        }
        return all;
    }

    private static Flight flight(Row values) {
        return new Flight(
                new Flight.Key(
                        values.required("year", Integer.class),
                        values.required("month", Integer.class),
                        values.required("day", Integer.class),
                        values.required("carrier", String.class),
                        values.required("flight", Integer.class),
                        values.required("origin", String.class)),
                values.optional("tailnum", String.class),
                values.required("dest", String.class),
                values.required("scheduled", LocalDateTime.class),
                values.optional("dep_delay", Integer.class),
                values.optional("arr_delay", Integer.class),
                values.optional("air_time", Integer.class),
                values.required("distance", Integer.class),
                values.required("cancelled", Boolean.class));
    }

    /** Takes values out of a row; one of the wrong type, or missing, is what the report must not pass over. */
    private record Row(TableRef table, Map<String, @Nullable Object> values) {
        <T> T required(String column, Class<T> type) {
            T value = optional(column, type);
            if (value == null) {
                throw new QuickStartException("Table '" + table + "', column '" + column + "' holds null; expected "
                        + type.getSimpleName() + ". The row is " + values + ".");
            }
            return value;
        }

        <T> @Nullable T optional(String column, Class<T> type) {
            Object value = values.get(column);
            if (value != null && !type.isInstance(value)) {
                throw new QuickStartException("Table '" + table + "', column '" + column + "' holds the "
                        + value.getClass().getSimpleName() + " '" + value + "'; expected " + type.getSimpleName()
                        + ". The row is " + values + ".");
            }
            return type.cast(value);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
