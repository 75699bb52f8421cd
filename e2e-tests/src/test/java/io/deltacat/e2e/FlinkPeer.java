package io.deltacat.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import io.deltacat.e2e.MatrixScenario.Write;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.types.Row;

/** Flink SQL in batch mode. Tables are made by the Java client, except where a write makes them. */
final class FlinkPeer implements MatrixPeer {
    private final World world;
    private final JavaPeer java;
    private final StreamTableEnvironment sql;

    FlinkPeer(World world, JavaPeer java) {
        this.world = world;
        this.java = java;
        this.sql = world.sql(RuntimeExecutionMode.BATCH);
    }

    @Override
    public void create(MatrixScenario scenario) {
        java.create(scenario);
    }

    @Override
    public void addColumn(MatrixScenario scenario) throws Exception {
        java.addColumn(scenario);
    }

    @Override
    public void write(MatrixScenario scenario, Write write) throws Exception {
        List<Row> rows = new ArrayList<>();
        for (List<Object> values : write.rows()) {
            rows.add(Row.of(write.columns().stream()
                    .map(column -> values.get(column.ordinal()))
                    .toArray()));
        }
        DataTypes.Field[] fields = write.columns().stream()
                .map(column -> DataTypes.FIELD(column.wireName(), column.sqlType()))
                .toArray(DataTypes.Field[]::new);
        String mode = write.mode();
        List<String> options = new ArrayList<>();
        if (scenario.madeByWriting()) {
            options.add("'sink.create-if-missing' = 'true'");
        }
        if (mode.equals("add") || mode.equals("append")) {
            options.add("'sink.mode' = '" + mode + "'");
        }
        declare(scenario, write.columns(), options);
        sql.fromValues(DataTypes.ROW(fields), rows)
                .executeInsert(scenario.table(), mode.startsWith("replace"))
                .await();
    }

    @Override
    public List<JsonNode> read(MatrixScenario scenario) throws Exception {
        return readAll(List.of(scenario)).get(scenario);
    }

    /** Reads tables with the same columns in one job. */
    Map<MatrixScenario, List<JsonNode>> readAll(List<MatrixScenario> scenarios) {
        List<String> queries = new ArrayList<>();
        for (int i = 0; i < scenarios.size(); i++) {
            MatrixScenario scenario = scenarios.get(i);
            declare(scenario, scenario.columns(), List.of());
            String columns = scenario.columns().stream()
                    .map(column -> "`" + column.wireName() + "`")
                    .collect(Collectors.joining(", "));
            queries.add("SELECT " + i + " AS scenario, " + columns + " FROM " + scenario.table());
        }
        Map<MatrixScenario, List<Row>> rows = new HashMap<>();
        scenarios.forEach(scenario -> rows.put(scenario, new ArrayList<>()));
        for (Row row : World.rows(sql, String.join(" UNION ALL ", queries))) {
            Row values = new Row(row.getArity() - 1);
            for (int field = 1; field < row.getArity(); field++) {
                values.setField(field - 1, row.getField(field));
            }
            rows.get(scenarios.get((Integer) row.getField(0))).add(values);
        }
        return rows.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> PeerValue.of(entry.getValue())));
    }

    private void declare(MatrixScenario scenario, List<MatrixColumn> columns, List<String> options) {
        boolean keyed = scenario.kind().keyed();
        String declared = columns.stream()
                .map(column -> "`" + column.wireName() + "` "
                        + column.sqlType().getLogicalType().asSerializableString()
                        + (keyed && column == MatrixColumn.ID ? " NOT NULL" : ""))
                .collect(Collectors.joining(", "));
        String key = keyed ? ", PRIMARY KEY (id) NOT ENFORCED" : "";
        sql.executeSql("DROP TABLE IF EXISTS " + scenario.table());
        sql.executeSql(world.createTable(scenario.table(), declared + key, options.toArray(String[]::new)));
    }
}
