package io.deltacat.flink.source;

import java.util.List;
import java.util.Map;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.streaming.api.lineage.LineageDataset;
import org.apache.flink.streaming.api.lineage.LineageDatasetFacet;
import org.apache.flink.streaming.api.lineage.SourceLineageVertex;

/**
 * Tells lineage listeners which table a source reads. Immutable.
 *
 * @param server address of the server, without user information
 * @param table {@code namespace.table}
 * @param boundedness whether reading ends
 */
record TableLineage(String server, String table, Boundedness boundedness) implements SourceLineageVertex {
    @Override
    public List<LineageDataset> datasets() {
        return List.of(new TableDataset(server, table));
    }

    /** The table as a dataset; the namespace is the server, as OpenLineage names databases. */
    private record TableDataset(String namespace, String name) implements LineageDataset {
        @Override
        public Map<String, LineageDatasetFacet> facets() {
            return Map.of();
        }
    }
}
