package io.deltacat.flink.source.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltacat.flink.source.codec.CorruptStateException;
import io.deltacat.flink.source.feed.DeltaKind;
import io.deltacat.flink.source.feed.DeltaRef;
import io.deltacat.flink.source.feed.MergedFile;
import io.deltacat.flink.source.feed.PartitionRef;
import io.deltacat.flink.source.feed.SourceFile;
import io.deltacat.flink.source.split.DeltaCatSplit.SplitState;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeltaCatSplitSerializerGoldenTest {
    private final DeltaCatSplitSerializer serializer = new DeltaCatSplitSerializer();

    private static Map<String, DeltaCatSplit> samples() {
        PartitionRef partition = new PartitionRef("stream-1", "partition-1");
        Map<String, DeltaCatSplit> samples = new LinkedHashMap<>();
        samples.put(
                "split-whole-file",
                new DeltaCatSplit(
                        new DeltaRef(partition, 41),
                        DeltaKind.APPEND,
                        0,
                        new SourceFile("/data/w-0123.parquet", "parquet", "identity", 1_010, 3, null),
                        0,
                        DeltaCatSplit.TO_END,
                        0,
                        SplitState.READING));
        samples.put(
                "split-range-resumed",
                new DeltaCatSplit(
                        new DeltaRef(partition, Long.MAX_VALUE),
                        DeltaKind.ADD,
                        7,
                        new SourceFile("s3://bucket/ä b.parquet", "parquet", "identity", 1L << 40, 1L << 33, "5"),
                        1_000_000,
                        500_000,
                        123_456,
                        SplitState.READING));
        samples.put(
                "split-finished",
                new DeltaCatSplit(
                        new DeltaRef(partition, 1),
                        DeltaKind.APPEND,
                        2,
                        new SourceFile("file:///data/x.csv.gz", "csv", "gzip", 0, -1, null),
                        0,
                        DeltaCatSplit.TO_END,
                        9,
                        SplitState.FINISHED));
        return samples;
    }

    private static Map<String, DeltaCatSplit> samplesOfVersion2() {
        Map<String, DeltaCatSplit> all = new LinkedHashMap<>(samples());
        all.put(
                "split-merged",
                DeltaCatSplit.ofMerged(
                                new DeltaRef(new PartitionRef("stream-1", "partition-1"), 9),
                                List.of(
                                        new MergedFile(
                                                DeltaKind.UPSERT,
                                                8,
                                                List.of(),
                                                new SourceFile("/data/u.parquet", "parquet", "identity", 7, 3, "2")),
                                        new MergedFile(
                                                DeltaKind.DELETE,
                                                9,
                                                List.of("id", "day"),
                                                new SourceFile("/data/d.parquet", "parquet", "identity", 5, 1, null))))
                        .resumedAfter(2));
        return all;
    }

    private static Map<String, DeltaCatSplit> samplesOfVersion3() {
        Map<String, DeltaCatSplit> all = samplesOfVersion2();
        all.put(
                "split-with-event-time",
                new DeltaCatSplit(
                        new DeltaRef(new PartitionRef("stream-1", "partition-1"), 5),
                        DeltaKind.APPEND,
                        0,
                        new SourceFile("/data/t.parquet", "parquet", "identity", 7, 3, null, -1_500),
                        0,
                        DeltaCatSplit.TO_END,
                        0,
                        SplitState.READING));
        return all;
    }

    @ParameterizedTest
    @ValueSource(strings = {"split-whole-file", "split-range-resumed", "split-finished"})
    void bytesOfVersion1AreRead(String name) throws Exception {
        byte[] golden = GoldenFiles.read(name + "-v1.bin");
        assertThat(serializer.deserialize(1, golden)).isEqualTo(samples().get(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"split-whole-file", "split-range-resumed", "split-finished", "split-merged"})
    void bytesOfVersion2AreRead(String name) throws Exception {
        byte[] golden = GoldenFiles.read(name + "-v2.bin");
        assertThat(serializer.deserialize(2, golden))
                .isEqualTo(samplesOfVersion2().get(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"split-whole-file", "split-finished", "split-merged", "split-with-event-time"})
    void bytesOfVersion3AreReadAndWritten(String name) throws Exception {
        DeltaCatSplit split = samplesOfVersion3().get(name);
        GoldenFiles.writeIfMissing(name + "-v3.bin", serializer.serialize(split));
        byte[] golden = GoldenFiles.read(name + "-v3.bin");
        assertThat(serializer.deserialize(3, golden)).isEqualTo(split);
        assertThat(serializer.serialize(split)).isEqualTo(golden);
    }

    @Test
    void anUnknownVersionIsRefused() {
        assertThatThrownBy(() -> serializer.deserialize(4, new byte[0]))
                .isInstanceOf(CorruptStateException.class)
                .hasMessageContaining("version 4");
    }

    @Test
    void trailingAndMissingBytesAreRefused() {
        for (DeltaCatSplit split : samplesOfVersion3().values()) {
            byte[] whole = serializer.serialize(split);
            assertThatThrownBy(() -> serializer.deserialize(3, Arrays.copyOf(whole, whole.length + 1)))
                    .isInstanceOf(CorruptStateException.class);
            for (int length = 0; length < whole.length; length++) {
                byte[] cut = Arrays.copyOf(whole, length);
                assertThatThrownBy(() -> serializer.deserialize(3, cut)).isInstanceOf(CorruptStateException.class);
            }
        }
    }

    @Test
    void damagedBytesNeverEndInAnythingButTheTypedError() {
        byte[] whole = serializer.serialize(samplesOfVersion3().get("split-merged"));
        for (int i = 0; i < whole.length; i++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] damaged = whole.clone();
                damaged[i] ^= (byte) (1 << bit);
                try {
                    serializer.deserialize(3, damaged);
                } catch (CorruptStateException expected) {
                    assertThat(expected).hasMessageContaining("source split");
                } catch (java.io.IOException e) {
                    throw new AssertionError(e);
                }
            }
        }
    }
}
