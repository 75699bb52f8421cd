package io.deltacat.flink.source.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltacat.flink.source.DeltaCatSourceException;
import io.deltacat.flink.source.ForeignWatermarkPolicy;
import io.deltacat.flink.source.RedrivePolicy;
import io.deltacat.flink.source.codec.CorruptStateException;
import io.deltacat.flink.source.feed.PartitionCursor;
import io.deltacat.flink.source.feed.PartitionRef;
import io.deltacat.flink.source.feed.PositionSet;
import io.deltacat.flink.source.progress.WatermarkDocument.SlotLayout;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WatermarkDocumentTest {
    private static final PartitionRef P = new PartitionRef("s", "p");
    private static final Progress AT_41 =
            new Progress(new TreeMap<>(Map.of(P, new PartitionCursor(41, PositionSet.of(1L << 40, Long.MAX_VALUE)))));

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static WatermarkDocument document(@Nullable JsonNode node) {
        return WatermarkDocument.of("ns.t", Optional.ofNullable(node));
    }

    @Test
    void theSharedPartIsWhatOtherWorkersRead() {
        ObjectNode written = document(null).with(AT_41, SlotLayout.UNPARTITIONED, "w", SourceOrigin.UNKNOWN);
        assertThat(written.at("/partition_watermarks/ns.t").asLong()).isEqualTo(41);
        assertThat(written.at("/known_partitions/0").asText()).isEqualTo("ns.t");
        assertThat(written.at("/partition_identities/ns.t")).isEqualTo(json("[\"s\",\"p\"]"));
    }

    @Test
    void progressComesBackWithItsAdds() throws Exception {
        ObjectNode written = document(null).with(AT_41, SlotLayout.UNPARTITIONED, "w", SourceOrigin.UNKNOWN);
        assertThat(document(written).progress()).contains(AT_41);
        assertThat(document(written).writer()).contains("w");
        assertThat(document(written).undisturbed()).isTrue();
    }

    @Test
    void foreignSlotsAndUnknownKeysAreKept() {
        JsonNode before = json("""
                {"partition_watermarks":{"other.t":7},"known_partitions":["other.t"],"source_versions":{"a":"1"},
                 "flink":{"other.t":{"version":1}}}""");
        ObjectNode written = document(before).with(AT_41, SlotLayout.UNPARTITIONED, "w", SourceOrigin.UNKNOWN);
        assertThat(written.at("/partition_watermarks/other.t").asLong()).isEqualTo(7);
        assertThat(written.at("/source_versions/a").asText()).isEqualTo("1");
        assertThat(written.at("/flink/other.t/version").asInt()).isEqualTo(1);
        assertThat(written.at("/known_partitions")).hasSize(2);
    }

    @Test
    void aPartitionedTableWritesOnlySlotsThatExist() throws Exception {
        ObjectNode fresh = document(null).with(AT_41, SlotLayout.PARTITIONED, "w", SourceOrigin.UNKNOWN);
        assertThat(fresh.at("/partition_watermarks")).isEmpty();
        assertThat(document(fresh).progress()).contains(AT_41);
        JsonNode spelled = json("""
                {"partition_watermarks":{"ns.t|day=1":3},"partition_identities":{"ns.t|day=1":["s","p"]}}""");
        ObjectNode written = document(spelled).with(AT_41, SlotLayout.PARTITIONED, "w", SourceOrigin.UNKNOWN);
        assertThat(written.at("/partition_watermarks/ns.t|day=1").asLong()).isEqualTo(41);
    }

    @Test
    void aMovedSlotCountsAndTheAddsStay() throws Exception {
        ObjectNode written = document(null).with(AT_41, SlotLayout.UNPARTITIONED, "w", SourceOrigin.UNKNOWN);
        written.withObjectProperty("partition_watermarks").put("ns.t", 12);
        assertThat(document(written).undisturbed()).isFalse();
        assertThat(document(written).progress().orElseThrow().partitions().get(P))
                .isEqualTo(new PartitionCursor(12, AT_41.partitions().get(P).adds()));
    }

    @Test
    void aRemovedSlotIsTheStartOfHistory() throws Exception {
        ObjectNode written = document(null).with(AT_41, SlotLayout.UNPARTITIONED, "w", SourceOrigin.UNKNOWN);
        written.withObjectProperty("partition_watermarks").remove("ns.t");
        assertThat(document(written).progress()).isEmpty();
        assertThat(document(written).slotPosition()).isEmpty();
    }

    @Test
    void anEntryOfALaterReleaseIsRefused() {
        JsonNode later = json("{\"flink\":{\"ns.t\":{\"version\":9}}}");
        assertThatThrownBy(() -> document(later).progress())
                .isInstanceOf(CorruptStateException.class)
                .hasMessageContaining("version 9");
    }

    @Test
    void bothSpellingsOfIdentitiesAreRead() {
        assertThat(document(json("{\"partition_identities\":{\"ns.t\":[\"s\",\"p\"]}}"))
                        .slotIdentity())
                .contains(P);
        assertThat(document(json("{\"partition_identities\":{\"ns.t\":{\"stream_id\":\"s\",\"partition_id\":\"p\"}}}"))
                        .slotIdentity())
                .contains(P);
    }

    private static WatermarkWriter writer(ForeignWatermarkPolicy policy) {
        return new WatermarkWriter("w", SourceOrigin.UNKNOWN, policy, RedrivePolicy.FAIL, SlotLayout.UNPARTITIONED);
    }

    private static Optional<ObjectNode> update(
            ForeignWatermarkPolicy policy, WatermarkDocument found, @Nullable Fingerprint lastSeen, Progress progress) {
        return writer(policy).update("sub", found, WatermarkStanding.of(found, "w", lastSeen, null), progress);
    }

    private static WatermarkStanding standing(JsonNode found, ObjectNode written, @Nullable Progress lastWritten) {
        return WatermarkStanding.of(document(found), "w", document(written).fingerprint(), lastWritten);
    }

    @Test
    void aDocumentThatIsGoneOrLowerInEveryPlaceWasMovedBack() {
        ObjectNode own = document(null).with(AT_41, SlotLayout.UNPARTITIONED, "w", SourceOrigin.UNKNOWN);
        assertThat(standing(null, own, null)).isEqualTo(WatermarkStanding.MOVED_BACK);
        assertThat(standing(json("{}"), own, null)).isEqualTo(WatermarkStanding.MOVED_BACK);
        ObjectNode lowerSlot = own.deepCopy();
        lowerSlot.withObjectProperty("partition_watermarks").put("ns.t", 12);
        assertThat(standing(lowerSlot, own, null)).isEqualTo(WatermarkStanding.MOVED_BACK);
        ObjectNode noSlot = own.deepCopy();
        noSlot.withObjectProperty("partition_watermarks").remove("ns.t");
        assertThat(standing(noSlot, own, null)).isEqualTo(WatermarkStanding.MOVED_BACK);
        lowerSlot.remove("flink");
        assertThat(standing(lowerSlot, own, AT_41)).isEqualTo(WatermarkStanding.MOVED_BACK);
        ObjectNode anEarlierOne = document(null).with(at(40), SlotLayout.UNPARTITIONED, "w", SourceOrigin.UNKNOWN);
        assertThat(standing(anEarlierOne, own, AT_41)).isEqualTo(WatermarkStanding.MOVED_BACK);
    }

    @Test
    void whatGoesOnOrCannotBeToldApartWasNotMovedBack() {
        ObjectNode own = document(null).with(AT_41, SlotLayout.UNPARTITIONED, "w", SourceOrigin.UNKNOWN);
        ObjectNode higher = own.deepCopy();
        higher.withObjectProperty("partition_watermarks").put("ns.t", 42);
        assertThat(standing(higher, own, AT_41)).isEqualTo(WatermarkStanding.FOREIGN);
        ObjectNode lowerSlotOnly =
                json("{\"partition_watermarks\":{\"ns.t\":3}}").deepCopy();
        assertThat(standing(lowerSlotOnly, own, null)).isEqualTo(WatermarkStanding.FOREIGN);
        ObjectNode another = document(null).with(at(1), SlotLayout.UNPARTITIONED, "other", SourceOrigin.UNKNOWN);
        assertThat(standing(another, own, AT_41)).isEqualTo(WatermarkStanding.FOREIGN);
        ObjectNode lostReply = document(null).with(at(50), SlotLayout.UNPARTITIONED, "w", SourceOrigin.UNKNOWN);
        assertThat(standing(lostReply, own, at(41))).isEqualTo(WatermarkStanding.OWN);
        assertThat(WatermarkStanding.of(
                        document(json("{}")), "w", document(null).fingerprint(), null))
                .isEqualTo(WatermarkStanding.OWN);
    }

    @Test
    void aRedriveIsHandledAsThePolicySays() {
        WatermarkDocument gone = document(null);
        assertThatThrownBy(() ->
                        writer(ForeignWatermarkPolicy.ADOPT).update("sub", gone, WatermarkStanding.MOVED_BACK, at(11)))
                .isInstanceOf(DeltaCatSourceException.Redriven.class)
                .hasMessageContaining("'sub'")
                .hasMessageContaining("scan.on-redrive");
        WatermarkWriter ignoring = new WatermarkWriter(
                "w", SourceOrigin.UNKNOWN, ForeignWatermarkPolicy.FAIL, RedrivePolicy.IGNORE, SlotLayout.UNPARTITIONED);
        assertThat(position(ignoring.update("sub", gone, WatermarkStanding.MOVED_BACK, at(11))))
                .isEqualTo(11);
        assertThat(ignoring.goesBack(WatermarkStanding.MOVED_BACK)).isFalse();
    }

    @Test
    void anotherSourceOfTheJobIsNoticedWhenItWritesWhileThisOneLooksOn() {
        SourceOrigin here = new SourceOrigin("job", "op-1");
        SourceOrigin there = new SourceOrigin("job", "op-2");
        SubscriptionRivals rivals = new SubscriptionRivals("ns.t", here);
        ObjectNode left =
                WatermarkDocument.of("ns.other", Optional.empty()).with(at(3), SlotLayout.UNPARTITIONED, "x", there);
        assertThat(rivals.changedBy(document(left))).isEmpty();
        ObjectNode mine = document(left).with(at(1), SlotLayout.UNPARTITIONED, "w", here);
        assertThat(rivals.changedBy(document(mine))).isEmpty();
        ObjectNode theirs =
                WatermarkDocument.of("ns.other", Optional.of(mine)).with(at(4), SlotLayout.UNPARTITIONED, "x", there);
        assertThat(rivals.changedBy(document(theirs))).contains("ns.other");
        assertThat(rivals.message("sub", "ns.other")).contains("'sub'", "ns.t", "ns.other");
        ObjectNode elsewhere = WatermarkDocument.of("ns.other", Optional.of(mine))
                .with(at(9), SlotLayout.UNPARTITIONED, "x", new SourceOrigin("another job", "op-2"));
        assertThat(rivals.changedBy(document(elsewhere))).isEmpty();
    }

    private static Progress at(long position) {
        return new Progress(new TreeMap<>(Map.of(P, new PartitionCursor(position, PositionSet.empty()))));
    }

    private static long position(Optional<ObjectNode> document) {
        return document.orElseThrow().at("/partition_watermarks/ns.t").asLong();
    }

    @Test
    void theWatermarkNeverGoesBack() {
        ObjectNode written = document(null).with(AT_41, SlotLayout.UNPARTITIONED, "w", SourceOrigin.UNKNOWN);
        assertThat(update(ForeignWatermarkPolicy.FAIL, document(written), null, at(12)))
                .isEmpty();
        assertThat(position(update(ForeignWatermarkPolicy.FAIL, document(written), null, at(50))))
                .isEqualTo(50);
    }

    @Test
    void anOwnWriteWhoseReplyWasLostIsNotForeign() {
        Fingerprint before = document(null).fingerprint();
        ObjectNode written = document(null).with(at(3), SlotLayout.UNPARTITIONED, "w", SourceOrigin.UNKNOWN);
        assertThat(position(update(ForeignWatermarkPolicy.FAIL, document(written), before, at(4))))
                .isEqualTo(4);
    }

    @Test
    void aForeignChangeIsHandledAsThePolicySays() {
        ObjectNode own = document(null).with(at(10), SlotLayout.UNPARTITIONED, "w", SourceOrigin.UNKNOWN);
        Fingerprint lastSeen = document(own).fingerprint();
        ObjectNode foreign = own.deepCopy();
        foreign.withObjectProperty("partition_watermarks").put("ns.t", 30);
        WatermarkDocument found = document(foreign);
        assertThatThrownBy(() -> update(ForeignWatermarkPolicy.FAIL, found, lastSeen, at(11)))
                .isInstanceOf(DeltaCatSourceException.ForeignWatermark.class)
                .hasMessageContaining("'sub'")
                .hasMessageContaining("scan.on-foreign-watermark");
        assertThat(position(update(ForeignWatermarkPolicy.OVERWRITE, found, lastSeen, at(11))))
                .isEqualTo(11);
        assertThat(position(update(ForeignWatermarkPolicy.ADOPT, found, lastSeen, at(11))))
                .isEqualTo(30);
    }

    @Test
    void anotherFlinkSourceOnTheSubscriptionIsForeign() {
        ObjectNode own = document(null).with(at(10), SlotLayout.UNPARTITIONED, "w", SourceOrigin.UNKNOWN);
        Fingerprint lastSeen = document(own).fingerprint();
        ObjectNode other = document(own).with(at(12), SlotLayout.UNPARTITIONED, "somebody", SourceOrigin.UNKNOWN);
        assertThatThrownBy(() -> update(ForeignWatermarkPolicy.FAIL, document(other), lastSeen, at(11)))
                .isInstanceOf(DeltaCatSourceException.ForeignWatermark.class)
                .hasMessageContaining("somebody");
    }

    @Test
    void aServerThatDropsUnknownKeysIsNotTakenForAnotherWorker() {
        ObjectNode own = document(null).with(at(10), SlotLayout.UNPARTITIONED, "w", SourceOrigin.UNKNOWN);
        Fingerprint lastSeen = document(own).fingerprint();
        ObjectNode stripped = own.deepCopy();
        stripped.remove("flink");
        assertThat(position(update(ForeignWatermarkPolicy.FAIL, document(stripped), lastSeen, at(11))))
                .isEqualTo(11);
    }

    @Test
    void anUnchangedDocumentIsNotWrittenAgain() {
        ObjectNode own = document(null).with(at(10), SlotLayout.UNPARTITIONED, "w", SourceOrigin.UNKNOWN);
        assertThat(update(
                        ForeignWatermarkPolicy.FAIL,
                        document(own),
                        document(own).fingerprint(),
                        at(10)))
                .isEmpty();
    }
}
