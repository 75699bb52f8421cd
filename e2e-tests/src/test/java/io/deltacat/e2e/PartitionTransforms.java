package io.deltacat.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltacat.client.DeltaCatClient;
import io.deltacat.client.TableRef;
import io.deltacat.client.catalog.CatalogClient;
import io.deltacat.client.model.PartitionKeyInput;
import io.deltacat.client.model.PartitionSummary;
import io.deltacat.e2e.MatrixScenario.Kind;
import io.deltacat.e2e.MatrixScenario.Peer;
import io.deltacat.e2e.MatrixScenario.Write;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Every partition transform, written by each peer: the partitions must have the same values. */
final class PartitionTransforms {
    private static final List<String> TRANSFORMS = List.of(
            "identity of region",
            "identity of id",
            "identity of flag",
            "identity of day",
            "bucket(4) of id",
            "bucket(4) of name",
            "bucket(4) of day",
            "bucket(4, iceberg) of id",
            "bucket(4, iceberg) of name",
            "year of at",
            "month of at",
            "day of at",
            "hour of at",
            "year of day",
            "month of day",
            "day of day",
            "truncate(4) of id",
            "truncate(2) of name",
            "void of region");

    private final DeltaCatClient client;
    private final JavaPeer java;
    private final Map<Peer, MatrixPeer> peers = new EnumMap<>(Peer.class);

    PartitionTransforms(DeltaCatClient client, JavaPeer java, PythonSession python, FlinkPeer flink) {
        this.client = client;
        this.java = java;
        peers.put(Peer.PYTHON, python);
        peers.put(Peer.JAVA, java);
        peers.put(Peer.FLINK, flink);
    }

    void compare(MatrixResults results) {
        for (int i = 0; i < TRANSFORMS.size(); i++) {
            String transform = TRANSFORMS.get(i);
            Set<String> wanted = new TreeSet<>();
            for (Peer writer : Peer.values()) {
                MatrixScenario scenario = new MatrixScenario(writer, "parquet", Kind.PLAIN, "append", "_by_" + i);
                results.partitioned(transform, writer, CompatibilityMatrixIT.failure(() -> {
                    write(scenario, transform);
                    CompatibilityMatrixIT.compare(scenario, java.read(scenario));
                    CompatibilityMatrixIT.compare(
                            scenario, peers.get(Peer.PYTHON).read(scenario));
                    Set<String> found = partitions(java.ref(scenario).withVersion("1"));
                    if (wanted.isEmpty()) {
                        wanted.addAll(found);
                    }
                    assertThat(found).isEqualTo(wanted);
                }));
            }
        }
    }

    private void write(MatrixScenario scenario, String transform) throws Exception {
        int of = transform.indexOf(" of ");
        java.create(
                java.ref(scenario),
                scenario.format(),
                false,
                List.of(new PartitionKeyInput(List.of(transform.substring(of + 4)), transform.substring(0, of))));
        for (Write write : scenario.writes()) {
            peers.get(scenario.writer()).write(scenario, write);
        }
    }

    private Set<String> partitions(TableRef table) {
        CatalogClient catalog = client.catalog();
        String stream = catalog.listStreams(table).get(0).streamId();
        Set<String> values = new TreeSet<>();
        for (PartitionSummary partition : catalog.listPartitions(table, stream)) {
            values.add(String.valueOf(partition.partitionValues()));
        }
        return values;
    }
}
