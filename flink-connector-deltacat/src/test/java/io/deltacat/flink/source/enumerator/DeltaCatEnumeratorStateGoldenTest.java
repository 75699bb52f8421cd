package io.deltacat.flink.source.enumerator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltacat.flink.source.codec.CorruptStateException;
import io.deltacat.flink.source.enumerator.DeltaCatEnumeratorState.Discovery;
import io.deltacat.flink.source.feed.Backfill;
import io.deltacat.flink.source.feed.DeltaKind;
import io.deltacat.flink.source.feed.DeltaRef;
import io.deltacat.flink.source.feed.FeedCursor;
import io.deltacat.flink.source.feed.Handover;
import io.deltacat.flink.source.feed.MergedFile;
import io.deltacat.flink.source.feed.PartialDelta;
import io.deltacat.flink.source.feed.PartitionCursor;
import io.deltacat.flink.source.feed.PartitionRef;
import io.deltacat.flink.source.feed.PositionSet;
import io.deltacat.flink.source.feed.SourceFile;
import io.deltacat.flink.source.progress.Fingerprint;
import io.deltacat.flink.source.progress.OpenDelta;
import io.deltacat.flink.source.split.DeltaCatSplit;
import io.deltacat.flink.source.split.DeltaCatSplit.SplitState;
import io.deltacat.flink.source.split.GoldenFiles;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeltaCatEnumeratorStateGoldenTest {
    private final DeltaCatEnumeratorStateSerializer serializer = new DeltaCatEnumeratorStateSerializer();

    private static Map<String, DeltaCatEnumeratorState> samples() {
        PartitionRef p = new PartitionRef("stream-1", "p");
        PartitionRef q = new PartitionRef("stream-1", "q");
        PartitionCursor known = new PartitionCursor(41, PositionSet.of(1L << 40, Long.MAX_VALUE, 1L << 62));
        DeltaRef delta = new DeltaRef(p, 42);
        DeltaCatSplit split = new DeltaCatSplit(
                delta,
                DeltaKind.APPEND,
                1,
                new SourceFile("/data/a.parquet", "parquet", "identity", 10, 5, null),
                0,
                DeltaCatSplit.TO_END,
                0,
                SplitState.READING);
        Map<String, DeltaCatEnumeratorState> samples = new LinkedHashMap<>();
        samples.put("enumerator-fresh", DeltaCatEnumeratorState.fresh("ns.t", "source-1"));
        samples.put(
                "enumerator-following",
                new DeltaCatEnumeratorState(
                        "ns.t",
                        "source-1",
                        new FeedCursor(
                                new TreeMap<>(Map.of(p, known, q, PartitionCursor.START)),
                                new PartialDelta(delta, DeltaKind.APPEND, 2),
                                null,
                                List.of()),
                        Discovery.GOING_ON,
                        List.of(split),
                        List.of(
                                new OpenDelta(delta, DeltaKind.APPEND, 3, false, new TreeSet<>(List.of(0, 2))),
                                new OpenDelta(
                                        new DeltaRef(q, 1L << 62), DeltaKind.ADD, 1, true, new TreeSet<>(List.of(0)))),
                        new Fingerprint("00ff", "aa11")));
        samples.put(
                "enumerator-snapshot",
                new DeltaCatEnumeratorState(
                        "ns.t",
                        "source-1",
                        new FeedCursor(
                                new TreeMap<>(Map.of(p, known)),
                                null,
                                new Backfill(1_700_000_000_000_000_000L, 12, new TreeMap<>(Map.of(q, known))),
                                List.of()),
                        Discovery.COMPLETE,
                        List.of(),
                        List.of(),
                        null));
        return samples;
    }

    private static Map<String, DeltaCatEnumeratorState> samplesOfVersion2() {
        PartitionRef p = new PartitionRef("stream-1", "p");
        PartitionRef q = new PartitionRef("stream-1", "q");
        PartitionCursor known = new PartitionCursor(41, PositionSet.of(1L << 40));
        SourceFile file = new SourceFile("/data/a.parquet", "parquet", "identity", 10, 5, null);
        Map<String, DeltaCatEnumeratorState> all = new LinkedHashMap<>(samples());
        all.put(
                "enumerator-merging",
                new DeltaCatEnumeratorState(
                        "ns.t",
                        "source-1",
                        new FeedCursor(
                                new TreeMap<>(Map.of(p, known)),
                                null,
                                new Backfill(1_700_000_000_000_000_000L, 0, new TreeMap<>(), Backfill.Way.MERGED, p),
                                List.of(new Handover(q, known, p), new Handover(p, PartitionCursor.START, null))),
                        Discovery.GOING_ON,
                        List.of(DeltaCatSplit.ofMerged(
                                new DeltaRef(p, 41),
                                List.of(
                                        new MergedFile(DeltaKind.UPSERT, 40, List.of(), file),
                                        new MergedFile(DeltaKind.DELETE, 41, List.of("id"), file)))),
                        List.of(new OpenDelta(
                                new DeltaRef(p, 41), DeltaKind.MERGED, 1, true, new TreeSet<>(List.of(0)))),
                        new Fingerprint("00ff", "aa11")));
        return all;
    }

    @ParameterizedTest
    @ValueSource(strings = {"enumerator-fresh", "enumerator-following", "enumerator-snapshot"})
    void bytesOfVersion1AreRead(String name) throws Exception {
        byte[] golden = GoldenFiles.read(name + "-v1.bin");
        assertThat(serializer.deserialize(1, golden)).isEqualTo(samples().get(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"enumerator-fresh", "enumerator-following", "enumerator-snapshot", "enumerator-merging"})
    void bytesOfVersion2AreRead(String name) throws Exception {
        byte[] golden = GoldenFiles.read(name + "-v2.bin");
        assertThat(serializer.deserialize(2, golden))
                .isEqualTo(samplesOfVersion2().get(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"enumerator-fresh", "enumerator-following", "enumerator-merging"})
    void bytesOfVersion3AreReadAndWritten(String name) throws Exception {
        DeltaCatEnumeratorState state = samplesOfVersion2().get(name);
        GoldenFiles.writeIfMissing(name + "-v3.bin", serializer.serialize(state));
        byte[] golden = GoldenFiles.read(name + "-v3.bin");
        assertThat(serializer.deserialize(3, golden)).isEqualTo(state);
        assertThat(serializer.serialize(state)).isEqualTo(golden);
    }

    @Test
    void unknownVersionsTrailingAndMissingBytesAreRefused() {
        byte[] whole = serializer.serialize(samplesOfVersion2().get("enumerator-merging"));
        assertThatThrownBy(() -> serializer.deserialize(4, whole)).isInstanceOf(CorruptStateException.class);
        assertThatThrownBy(() -> serializer.deserialize(3, Arrays.copyOf(whole, whole.length + 1)))
                .isInstanceOf(CorruptStateException.class);
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> serializer.deserialize(3, cut)).isInstanceOf(CorruptStateException.class);
        }
    }

    @Test
    void aLiveAddDeltaTakesAtMostTenBytes() {
        long[] positions = new java.util.SplittableRandom(1)
                .longs(10_000, 1L << 32, Long.MAX_VALUE)
                .toArray();
        DeltaCatEnumeratorState state = new DeltaCatEnumeratorState(
                "ns.t",
                "source-1",
                FeedCursor.of(Map.of(new PartitionRef("s", "p"), new PartitionCursor(0, PositionSet.of(positions)))),
                Discovery.GOING_ON,
                List.of(),
                List.of(),
                null);
        assertThat(serializer.serialize(state).length).isLessThan(10 * 10_000);
    }
}
