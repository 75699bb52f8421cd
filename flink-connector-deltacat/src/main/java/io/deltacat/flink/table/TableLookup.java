package io.deltacat.flink.table;

import io.deltacat.client.DeltaCatClient;
import io.deltacat.client.DeltaCatException;
import io.deltacat.client.catalog.TableSchemas;
import io.deltacat.client.model.PartitionScheme;
import io.deltacat.client.model.TableDescription;
import io.deltacat.format.FormatException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.flink.table.api.ValidationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the server once about the table that a query is planned for, so that a missing table, an unreachable server or a
 * wrong token stops the query before a job exists. Shared by the copies the planner makes of a source or sink; the answer
 * is kept as long as they live. Thread-safe; the first call may block as long as requests and their retries take.
 */
final class TableLookup {
    private static final Logger LOG = LoggerFactory.getLogger(TableLookup.class);

    private final TableSettings settings;
    private boolean asked;
    private @Nullable Found found;

    /**
     * What the server said about the table.
     *
     * @param description the server's own words
     * @param schema the table's columns
     */
    record Found(TableDescription description, Schema schema) {

        /** Returns the columns by which rows are merged, empty for a table that rows are only added to. */
        List<String> mergeKeys() {
            List<String> keys = description.mergeKeys();
            return keys == null ? List.of() : keys;
        }

        boolean hasMergeKeys() {
            return !mergeKeys().isEmpty();
        }

        /** Returns the columns that partition values are made of. */
        List<String> partitionColumns() {
            PartitionScheme scheme = description.partitionScheme();
            return scheme == null || scheme.keys() == null
                    ? List.of()
                    : scheme.keys().stream().flatMap(key -> key.key().stream()).toList();
        }

        boolean isPartitioned() {
            PartitionScheme scheme = description.partitionScheme();
            return scheme != null && scheme.keys() != null && !scheme.keys().isEmpty();
        }
    }

    TableLookup(TableSettings settings) {
        this.settings = settings;
    }

    /**
     * Returns the table.
     *
     * @throws ValidationException if there is no such table, it has no columns, or the server cannot be asked
     */
    Found require() {
        return find().orElseThrow(this::missing);
    }

    /** Returns the error that says that the table is not there. */
    ValidationException missing() {
        return new ValidationException(
                prefix() + "the server " + settings.connection().uri()
                        + " has no such table; expected an existing one. Create it, fix the options 'catalog', 'namespace' and "
                        + "'table', or, to write, set 'sink.create-if-missing' = 'true'.");
    }

    /**
     * Returns the table, empty if the server does not have it.
     *
     * @throws ValidationException if the table has no columns, or the server cannot be asked
     */
    synchronized Optional<Found> find() {
        if (!asked) {
            found = ask().map(this::described).orElse(null);
            asked = true;
        }
        return Optional.ofNullable(found);
    }

    /** Returns how many rows the table has, empty if the server does not count them or cannot be asked. */
    OptionalLong rowCount() {
        try (DeltaCatClient client = settings.connection().open()) {
            Long rows =
                    client.catalog().describeTableWithCounts(settings.table()).totalRecords();
            return rows == null ? OptionalLong.empty() : OptionalLong.of(rows);
        } catch (DeltaCatException e) {
            LOG.info("Rows are not counted table={} reason={}", settings.table(), e.getMessage());
            return OptionalLong.empty();
        }
    }

    private Optional<TableDescription> ask() {
        try (DeltaCatClient client = settings.connection().open()) {
            return client.catalog().findTable(settings.table());
        } catch (DeltaCatException e) {
            throw new ValidationException(prefix() + e.getMessage(), e);
        }
    }

    private Found described(TableDescription description) {
        try {
            Schema schema = TableSchemas.schemaOf(description)
                    .orElseThrow(() -> new ValidationException(prefix()
                            + "the table has no schema; expected columns to match the declared ones with. Give the table a "
                            + "schema."));
            return new Found(description, schema);
        } catch (FormatException e) {
            throw new ValidationException(prefix() + e.getMessage(), e);
        }
    }

    private String prefix() {
        return "Table " + settings.name() + ", DeltaCAT table '" + settings.table() + "': ";
    }
}
