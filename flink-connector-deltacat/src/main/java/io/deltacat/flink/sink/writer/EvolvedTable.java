package io.deltacat.flink.sink.writer;

import io.deltacat.client.Conflict;
import io.deltacat.client.DeltaCatClient;
import io.deltacat.client.TableRef;
import io.deltacat.client.UnknownOutcome;
import io.deltacat.client.catalog.SchemaUpdates;
import io.deltacat.client.catalog.TableSchemas;
import io.deltacat.client.model.AlterTableRequestBuilder;
import io.deltacat.flink.sink.SchemaDoesNotFit;
import io.deltacat.flink.sink.SchemaEvolution;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.types.logical.RowType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes the columns of a sink's table so that it can hold the rows, for sinks that asked for it. Every writer calls it, at
 * the start of every attempt: whoever comes first changes the table, the others find it changed. Stateless.
 */
@Internal
public final class EvolvedTable {
    private static final Logger LOG = LoggerFactory.getLogger(EvolvedTable.class);
    private static final int ATTEMPTS = 5;

    private EvolvedTable() {}

    /**
     * Changes a table if it has to. Blocks for one call, and two more per attempt.
     *
     * @param client the server
     * @param table the table
     * @param rowType type of the rows
     * @param mode what may change
     * @throws SchemaDoesNotFit if others change the table again and again
     * @throws io.deltacat.client.DeltaCatException if the server cannot be asked, or refuses a change
     */
    public static void evolve(DeltaCatClient client, TableRef table, RowType rowType, SchemaEvolution mode) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Schema schema =
                    TableSchemas.schemaOf(client.catalog().describeTable(table)).orElse(new Schema(List.of()));
            ColumnChanges changes = ColumnChanges.of(mode, schema, rowType);
            if (changes.isEmpty()) {
                return;
            }
            SchemaUpdates updates = SchemaUpdates.begin();
            changes.added().forEach(updates::add);
            changes.widened().forEach(wider -> updates.updateType(wider.getName(), wider));
            try {
                client.catalog()
                        .alterTable(
                                table,
                                AlterTableRequestBuilder.builder()
                                        .schemaUpdates(updates.build())
                                        .build());
                LOG.info("Changed table={} added={} widened={}", table, changes.added(), changes.widened());
            } catch (Conflict | UnknownOutcome e) {
                // Another writer was faster, or the reply was lost: the next look at the table tells.
                LOG.debug("Change of table={} is looked at again: {}", table, e.getMessage());
            }
        }
        throw new SchemaDoesNotFit(
                "Table " + table + " was changed by others " + ATTEMPTS
                        + " times while its columns were to be changed for rows with " + rowType.getFieldNames()
                        + "; expected to find it at rest. Start the job again.",
                null);
    }
}
