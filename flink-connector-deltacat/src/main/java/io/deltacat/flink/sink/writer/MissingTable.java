package io.deltacat.flink.sink.writer;

import com.fasterxml.jackson.databind.node.TextNode;
import io.deltacat.client.Conflict;
import io.deltacat.client.DeltaCatClient;
import io.deltacat.client.TableRef;
import io.deltacat.client.UnknownOutcome;
import io.deltacat.client.model.CreateTableRequest;
import io.deltacat.client.model.CreateTableRequestBuilder;
import io.deltacat.client.model.PartitionKeyInput;
import io.deltacat.client.model.PartitionSchemeInput;
import io.deltacat.flink.sink.TableLayout;
import io.deltacat.flink.types.LogicalTypes;
import io.deltacat.format.schema.ArrowSchemas;
import io.deltacat.format.schema.FieldMetadata;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.types.logical.RowType;
import org.jspecify.annotations.Nullable;

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
     * @param layout merge keys and partitions of a new table, or null for none
     * @throws io.deltacat.client.DeltaCatException if the server cannot be asked, or refuses
     */
    public static void createIfMissing(
            DeltaCatClient client, TableRef table, RowType rowType, @Nullable TableLayout layout) {
        if (client.catalog().findTable(table).isPresent()) {
            return;
        }
        try {
            client.catalog().createTable(table, request(table, rowType, layout));
        } catch (Conflict | UnknownOutcome e) {
            // Another writer was faster, or the reply was lost after the table was made: both leave a table to find.
            if (client.catalog().findTable(table).isEmpty()) {
                throw e;
            }
        }
    }

    private static CreateTableRequest request(TableRef table, RowType rowType, @Nullable TableLayout layout) {
        Schema schema = LogicalTypes.toSchema(rowType);
        CreateTableRequestBuilder request = CreateTableRequestBuilder.builder()
                .table(table.table())
                .autoCreateNamespace(true)
                .failIfExists(false)
                .contentTypes(List.of("parquet"))
                .schemaDef(TextNode.valueOf(ArrowSchemas.toBase64(layout == null ? schema : withKeys(schema, layout))));
        if (layout != null && layout.isPartitioned()) {
            request.partitionScheme(new PartitionSchemeInput(
                    layout.partitions().stream()
                            .map(key -> new PartitionKeyInput(List.of(key.column()), key.transform()))
                            .toList(),
                    null,
                    null));
        }
        String version = table.tableVersion();
        return version == null ? request.build() : request.tableVersion(version).build();
    }

    private static Schema withKeys(Schema schema, TableLayout layout) {
        return new Schema(schema.getFields().stream()
                .map(field -> layout.mergeKeys().contains(field.getName()) ? FieldMetadata.withMergeKey(field) : field)
                .toList());
    }
}
