package io.deltacat.flink.source;

import io.deltacat.flink.DeltaCatTableFacet;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.streaming.api.lineage.LineageDataset;
import org.apache.flink.streaming.api.lineage.LineageDatasetFacet;
import org.apache.flink.streaming.api.lineage.SourceLineageVertex;

/**
 * Tells lineage listeners which table a source reads. Immutable.
 *
 * @param table the table
 * @param boundedness whether reading ends
 */
record TableLineage(DeltaCatTableFacet table, Boundedness boundedness) implements SourceLineageVertex {
    @Override
    public List<LineageDataset> datasets() {
        return List.of(new TableDataset(table));
    }

    /** The table as a dataset; the namespace is the server, as OpenLineage names databases. */
    private record TableDataset(DeltaCatTableFacet table) implements LineageDataset {
        @Override
        public String name() {
            return table.table();
        }

        @Override
        public String namespace() {
            return table.server();
        }

        @Override
        public Map<String, LineageDatasetFacet> facets() {
            return Map.of(DeltaCatTableFacet.NAME, table);
        }
    }
}
