package io.deltacat.client.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.deltacat.client.subscription.Watermark.PartitionIdentity;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatermarkTest {
    private static final String DOCUMENT = """
            {"partition_watermarks":{"ns.t":7,"ns.t/eu":9223372036854775807},
             "known_partitions":["ns.t","ns.t/eu","ns.t/us"],
             "partition_identities":{"ns.t":["s1","p1"],"ns.t/eu":{"stream_id":"s1","partition_id":"p2"}},
             "source_versions":{"ns.t":"3"}}""";

    @Test
    void bothSpellingsOfIdentitiesAreRead() throws Exception {
        Watermark watermark = read(DOCUMENT);
        assertThat(watermark.partitionWatermarks()).containsEntry("ns.t", 7L).containsEntry("ns.t/eu", Long.MAX_VALUE);
        assertThat(watermark.knownPartitions()).containsExactly("ns.t", "ns.t/eu", "ns.t/us");
        assertThat(watermark.partitionIdentities())
                .containsEntry("ns.t", new PartitionIdentity("s1", "p1"))
                .containsEntry("ns.t/eu", new PartitionIdentity("s1", "p2"));
    }

    @Test
    void foreignSlotsAndUnknownKeysSurviveAChange() throws Exception {
        Watermark changed = read(DOCUMENT).with("ns.t", 8, new PartitionIdentity("s1", "p9"));
        Watermark again = Watermark.fromJson(changed.toJson());
        assertThat(again).isEqualTo(changed);
        assertThat(again.partitionWatermarks()).containsEntry("ns.t", 8L).containsEntry("ns.t/eu", Long.MAX_VALUE);
        assertThat(again.unknown()).containsKey("source_versions");
        assertThat(changed.toJson().path("source_versions").path("ns.t").asText())
                .isEqualTo("3");
    }

    @Test
    void removedSlotsLeaveTheOthers() throws Exception {
        Watermark changed = read(DOCUMENT).without(List.of("ns.t"));
        assertThat(changed.partitionWatermarks()).containsOnlyKeys("ns.t/eu");
        assertThat(changed.knownPartitions()).containsExactly("ns.t/eu", "ns.t/us");
        assertThat(changed.partitionIdentities()).containsOnlyKeys("ns.t/eu");
    }

    @Test
    void malformedDocumentsAreRefusedByKey() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read("{\"partition_watermarks\":{\"a\":\"7\"}}"))
                .withMessageContaining("partition_watermarks.a");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read("{\"partition_identities\":{\"a\":[1]}}"))
                .withMessageContaining("partition_identities.a");
        assertThatIllegalArgumentException().isThrownBy(() -> read("[]"));
    }

    @Test
    void anEmptyDocumentIsEmpty() throws Exception {
        assertThat(read("{}")).isEqualTo(Watermark.EMPTY);
    }

    private static Watermark read(String json) throws Exception {
        return Watermark.fromJson(new JsonMapper().readTree(json));
    }
}
