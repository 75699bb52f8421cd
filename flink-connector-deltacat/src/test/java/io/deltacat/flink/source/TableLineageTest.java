package io.deltacat.flink.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltacat.client.TableRef;
import io.deltacat.flink.DeltaCatConnection;
import io.deltacat.flink.DeltaCatTableFacet;
import io.deltacat.flink.source.reader.ParquetRows;
import java.util.List;
import org.apache.flink.streaming.api.lineage.LineageDataset;
import org.junit.jupiter.api.Test;

class TableLineageTest {
    @Test
    void theDatasetNamesTheTableAndItsServer() {
        DeltaCatSource source = DeltaCatSource.builder()
                .connection(DeltaCatConnection.builder("http://lake:8080").build())
                .table(new TableRef("sales", "orders", "2"))
                .schema(ParquetRows.SCHEMA)
                .mergeKeys(List.of())
                .build();
        LineageDataset dataset = source.getLineageVertex().datasets().get(0);
        assertThat(dataset.namespace()).isEqualTo("http://lake:8080");
        assertThat(dataset.name()).isEqualTo("sales.orders");
        assertThat(dataset.facets().get("deltacat"))
                .isEqualTo(new DeltaCatTableFacet("http://lake:8080", null, "sales.orders", "2"));
    }
}
