package io.deltacat.flink.sink.writer;

import com.fasterxml.jackson.databind.node.TextNode;
import io.deltacat.client.Conflict;
import io.deltacat.client.DeltaCatClient;
import io.deltacat.client.TableRef;
import io.deltacat.client.UnknownOutcome;
import io.deltacat.client.model.CreateTableRequest;
import io.deltacat.client.model.CreateTableRequestBuilder;
import io.deltacat.flink.types.LogicalTypes;
import io.deltacat.format.schema.ArrowSchemas;
import java.util.List;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.types.logical.RowType;

/**
 * Creates the table of a sink that asked for it, with the columns of its rows. Every writer calls it, at the start of every
 * attempt: whoever comes first creates, the others find the table. Stateless.
 */
@Internal
public final class MissingTable {

    private MissingTable() {}

    /**
     * Creates a table unless it is there; the namespace too. Blocks for one to three calls.
     *
     * @param client the server
     * @param table the table
     * @param rowType columns of a new table; a table that is there is left as it is
     * @throws io.deltacat.client.DeltaCatException if the server cannot be asked, or refuses
     */
    public static void createIfMissing(DeltaCatClient client, TableRef table, RowType rowType) {
        if (client.catalog().findTable(table).isPresent()) {
            return;
        }
        try {
            client.catalog().createTable(table, request(table, rowType));
        } catch (Conflict | UnknownOutcome e) {
            // Another writer was faster, or the reply was lost after the table was made: both leave a table to find.
            if (client.catalog().findTable(table).isEmpty()) {
                throw e;
            }
        }
    }

    private static CreateTableRequest request(TableRef table, RowType rowType) {
        CreateTableRequestBuilder request = CreateTableRequestBuilder.builder()
                .table(table.table())
                .autoCreateNamespace(true)
                .failIfExists(false)
                .contentTypes(List.of("parquet"))
                .schemaDef(TextNode.valueOf(ArrowSchemas.toBase64(LogicalTypes.toSchema(rowType))));
        String version = table.tableVersion();
        return version == null ? request.build() : request.tableVersion(version).build();
    }
}
