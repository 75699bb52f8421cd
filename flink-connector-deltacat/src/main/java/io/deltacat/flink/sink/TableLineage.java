package io.deltacat.flink.sink;

import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.api.lineage.LineageDataset;
import org.apache.flink.streaming.api.lineage.LineageDatasetFacet;
import org.apache.flink.streaming.api.lineage.LineageVertex;

/**
 * Tells lineage listeners which table a sink writes. Immutable.
 *
 * @param server address of the server, without user information
 * @param table {@code namespace.table}
 */
record TableLineage(String server, String table) implements LineageVertex {
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
