package io.deltacat.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import io.deltacat.client.DeltaCatClient;
import io.deltacat.client.TableRef;
import io.deltacat.client.model.CreateTableRequestBuilder;
import io.deltacat.client.model.PartitionKeyInput;
import io.deltacat.client.model.PartitionSchemeInputBuilder;
import io.deltacat.client.model.SchemaFieldInput;
import io.deltacat.client.model.SchemaFieldInputBuilder;
import io.deltacat.client.model.WireJson;
import io.deltacat.client.read.TableRead;
import io.deltacat.client.write.TableWrite;
import io.deltacat.client.write.WriteMode;
import io.deltacat.e2e.MatrixScenario.Write;
import io.deltacat.format.schema.TypeNames;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.Schema;

/** Plain Java with {@code client-core}. */
final class JavaPeer implements MatrixPeer {
    private final DeltaCatClient client;
    private final String namespace;
    private final PythonSession python;

    JavaPeer(DeltaCatClient client, String namespace, PythonSession python) {
        this.client = client;
        this.namespace = namespace;
        this.python = python;
    }

    TableRef ref(MatrixScenario scenario) {
        return TableRef.of(namespace, scenario.table());
    }

    @Override
    public void create(MatrixScenario scenario) {
        create(
                ref(scenario),
                scenario.format(),
                scenario.kind().keyed(),
                scenario.kind().partitionKey().stream().toList());
    }

    void create(TableRef table, String format, boolean keyed, List<PartitionKeyInput> partitionKeys) {
        List<SchemaFieldInput> fields = MatrixColumn.FIRST.stream()
                .map(column -> SchemaFieldInputBuilder.builder()
                        .name(column.wireName())
                        .type(column.wireType())
                        .nullable(!keyed || column != MatrixColumn.ID)
                        .isMergeKey(keyed && column == MatrixColumn.ID)
                        .build())
                .toList();
        client.catalog()
                .createTable(
                        table,
                        CreateTableRequestBuilder.builder()
                                .table(table.table())
                                .autoCreateNamespace(true)
                                .defaultContentType(format)
                                .schemaDef(WireJson.clientMapper().valueToTree(fields))
                                .partitionScheme(
                                        partitionKeys.isEmpty()
                                                ? null
                                                : PartitionSchemeInputBuilder.builder()
                                                        .keys(partitionKeys)
                                                        .build())
                                .build());
    }

    /** The Java client leaves changes of tables to others. */
    @Override
    public void addColumn(MatrixScenario scenario) throws Exception {
        python.addColumn(scenario);
    }

    @Override
    public void write(MatrixScenario scenario, Write write) {
        TableWrite tableWrite = client.catalog()
                .write(ref(scenario))
                .mode(WriteMode.valueOf(write.mode().toUpperCase(Locale.ROOT)))
                .format(scenario.format());
        if (scenario.madeByWriting()) {
            tableWrite.createIfMissing(schema());
        }
        tableWrite.rows(rows(write));
    }

    static Schema schema() {
        return new Schema(MatrixColumn.FIRST.stream()
                .map(column -> TypeNames.field(column.wireName(), column.wireType(), true))
                .toList());
    }

    static List<Map<String, Object>> rows(Write write) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (List<Object> values : write.rows()) {
            Map<String, Object> row = new HashMap<>();
            write.columns().forEach(column -> row.put(column.wireName(), values.get(column.ordinal())));
            rows.add(row);
        }
        return rows;
    }

    @Override
    public List<JsonNode> read(MatrixScenario scenario) {
        return read(client.catalog().read(ref(scenario)), scenario.columns());
    }

    static List<JsonNode> read(TableRead read, List<MatrixColumn> columns) {
        List<JsonNode> rows = new ArrayList<>();
        for (Map<String, ?> row : read.toList()) {
            List<Object> values = new ArrayList<>();
            columns.forEach(column -> values.add(row.get(column.wireName())));
            rows.add(PeerValue.ofValues(values));
        }
        rows.sort(Comparator.comparingLong(row -> row.get(0).asLong()));
        return rows;
    }
}
