package io.deltacat.flink.source.split;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltacat.flink.source.feed.DeltaKind;
import io.deltacat.flink.source.feed.DeltaRef;
import io.deltacat.flink.source.feed.DeltaSlice;
import io.deltacat.flink.source.feed.PartitionRef;
import io.deltacat.flink.source.feed.SourceFile;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileSlicingTest {
    private static DeltaSlice slice(SourceFile... files) {
        return new DeltaSlice(new DeltaRef(new PartitionRef("s", "p"), 1), DeltaKind.APPEND, 0, List.of(files), true);
    }

    private static SourceFile file(long bytes, long rows) {
        return new SourceFile("/f", "parquet", SourceFile.IDENTITY, bytes, rows, null);
    }

    @ParameterizedTest
    @CsvSource({
        "100,10,100,1",
        "101,10,100,2",
        "1000,10,100,10",
        "1000,3,100,3",
        "1000,7,300,4",
        "1000,-1,100,1",
        "0,0,1,1"
    })
    void everyRowIsInExactlyOneSplit(long bytes, long rows, long target, int splits) {
        DeltaSlice slice = slice(file(bytes, rows), file(1, 1));
        FileSlicing slicing = new FileSlicing(target);
        List<DeltaCatSplit> cut = slicing.cut(slice, 5);
        assertThat(cut).hasSize(splits + 1).hasSize(slicing.count(slice));
        long next = 0;
        for (DeltaCatSplit split : cut.subList(0, splits)) {
            assertThat(split.firstRow()).isEqualTo(next);
            next += split.rowCount() == DeltaCatSplit.TO_END ? 0 : split.rowCount();
        }
        assertThat(cut.get(splits - 1).rowCount()).isEqualTo(DeltaCatSplit.TO_END);
        assertThat(cut.stream().map(DeltaCatSplit::ordinal)).startsWith(5).doesNotHaveDuplicates();
    }

    @Test
    void splitIdsReadBack() {
        SplitId id = SplitId.of(slice().delta(), 3);
        assertThat(SplitId.parse(id.text())).contains(id);
        assertThat(SplitId.parse("nonsense")).isEmpty();
        assertThat(SplitId.parse("s/p/1#-4")).isEmpty();
        assertThat(SplitId.parse("s#x/p/1#2")).contains(new SplitId("s#x/p/1", 2));
    }
}
