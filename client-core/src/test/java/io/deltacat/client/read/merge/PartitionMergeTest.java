package io.deltacat.client.read.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltacat.client.model.DeltaType;
import io.deltacat.format.batch.LongVector;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PartitionMergeTest {
    private static final Schema SCHEMA = new Schema(List.of(
            Field.nullable("id", new ArrowType.Int(64, true)),
            Field.nullable("name", new ArrowType.Utf8()),
            Field.nullable("rank", new ArrowType.Int(64, true)),
            Field.nullable("row", new ArrowType.Int(64, true))));

    private static Object[] row(Long id, String name, Long rank, long number) {
        return new Object[] {id, name, rank, number};
    }

    private static MergeDelta delta(DeltaType type, long position, Object[]... rows) {
        return new MergeDelta(type, position, List.of(), List.of(new RowsFile(SCHEMA, Arrays.asList(rows))));
    }

    private static MergeOptions options(List<String> keys, List<MergeOrderKey> order, long bytes) {
        return new MergeOptions(SCHEMA, keys, order, bytes);
    }

    private static List<Long> livingRows(List<MergeDelta> deltas, MergeOptions options) throws IOException {
        List<Long> rows = new ArrayList<>();
        try (MergedRows reader = PartitionMerge.merge(deltas, options).rows(SCHEMA)) {
            while (reader.nextBatch()) {
                for (int i = 0; i < reader.selectedCount(); i++) {
                    rows.add((Long) RowsFile.value(reader.batch().column(3), reader.selected(i)));
                }
            }
        }
        return rows;
    }

    @Test
    void theNewestRowOfAKeyWins() throws IOException {
        List<MergeDelta> deltas = List.of(
                delta(DeltaType.UPSERT, 1, row(1L, "a", 9L, 10), row(2L, "b", 0L, 11)),
                delta(DeltaType.UPSERT, 2, row(1L, "c", 0L, 12)));
        assertThat(livingRows(deltas, options(List.of("id"), List.of(), 1 << 20)))
                .containsExactly(11L, 12L);
    }

    @Test
    void aDeleteKillsOlderRowsOnly() throws IOException {
        List<MergeDelta> deltas = List.of(
                delta(DeltaType.UPSERT, 1, row(1L, "a", 0L, 10)),
                delta(DeltaType.DELETE, 2, row(1L, null, null, 0)),
                delta(DeltaType.UPSERT, 3, row(1L, "b", 0L, 11)),
                delta(DeltaType.DELETE, 4, row(2L, null, null, 0)));
        assertThat(livingRows(deltas, options(List.of("id"), List.of(), 1 << 20)))
                .containsExactly(11L);
    }

    @Test
    void orderKeysDecideInsideOnePositionOnlyAndNullWins() throws IOException {
        List<MergeOrderKey> order = List.of(new MergeOrderKey("rank", false));
        List<MergeDelta> deltas = List.of(
                delta(DeltaType.UPSERT, 1, row(1L, "a", 99L, 10)),
                delta(
                        DeltaType.UPSERT,
                        2,
                        row(1L, "a", 5L, 11),
                        row(1L, "a", 3L, 12),
                        row(2L, "a", null, 13),
                        row(2L, "a", 7L, 14)));
        assertThat(livingRows(deltas, options(List.of("id"), order, 1 << 20))).containsExactly(11L, 13L);
    }

    @Test
    void nullKeysAreEqualToEachOther() throws IOException {
        List<MergeDelta> deltas = List.of(
                delta(DeltaType.UPSERT, 1, row(null, null, 0L, 10), row(0L, null, 0L, 11)),
                delta(DeltaType.UPSERT, 2, row(null, null, 0L, 12)));
        assertThat(livingRows(deltas, options(List.of("id"), List.of(), 1 << 20)))
                .containsExactly(11L, 12L);
        assertThat(livingRows(deltas, options(List.of("id", "name"), List.of(), 1 << 20)))
                .containsExactly(11L, 12L);
    }

    @Test
    void aDeleteWithoutAnyColumnsSaysSo() {
        List<MergeDelta> deltas = List.of(delta(DeltaType.DELETE, 7, row(1L, "a", 0L, 0)));
        assertThatThrownBy(() -> PartitionMerge.merge(deltas, options(List.of(), List.of(), 1 << 20)))
                .isInstanceOf(MergeException.class)
                .hasMessageContaining("stream position 7");
    }

    @Test
    void aKeyThatTheSchemaLacksIsNamed() {
        List<MergeDelta> deltas = List.of(delta(DeltaType.UPSERT, 1, row(1L, "a", 0L, 0)));
        assertThatThrownBy(() -> PartitionMerge.merge(deltas, options(List.of("nope"), List.of(), 1 << 20)))
                .isInstanceOf(MergeException.class)
                .hasMessageContaining("'nope'");
    }

    @Test
    void anAscendingOldestDeltaIsMergedByNumberAndByText() throws IOException {
        List<Object[]> rows = new ArrayList<>();
        for (long i = 0; i < 500; i++) {
            rows.add(row(i, "n%04d".formatted(i), 0L, i));
        }
        List<MergeDelta> deltas = List.of(
                delta(DeltaType.UPSERT, 1, rows.toArray(Object[][]::new)),
                delta(DeltaType.UPSERT, 2, row(7L, "n0007", 0L, 1_000), row(499L, "n0499", 0L, 1_001)),
                delta(DeltaType.DELETE, 3, row(0L, "n0000", null, 0)));
        for (String key : List.of("id", "name")) {
            assertThat(livingRows(deltas, options(List.of(key), List.of(), 1 << 20)))
                    .hasSize(499)
                    .contains(1_000L, 1_001L, 1L)
                    .doesNotContain(0L, 7L, 499L);
        }
    }

    /** Two million keys in a twentieth of the memory they would need. */
    @Test
    void memoryIsBoundedWhateverTheNumberOfKeys() throws IOException {
        int keys = 2_000_000;
        List<MergeDelta> deltas = List.of(
                new MergeDelta(DeltaType.UPSERT, 1, List.of(), List.of(new NumbersFile(keys, 1))),
                new MergeDelta(DeltaType.UPSERT, 2, List.of(), List.of(new NumbersFile(keys / 2, 2))));
        MergeOptions options = new MergeOptions(NumbersFile.SCHEMA, List.of("id"), List.of(), 4 << 20);
        long living = 0;
        long sum = 0;
        try (MergedRows rows = PartitionMerge.merge(deltas, options).rows(NumbersFile.SCHEMA)) {
            while (rows.nextBatch()) {
                living += rows.selectedCount();
                for (int i = 0; i < rows.selectedCount(); i++) {
                    sum += ((LongVector) rows.batch().column(0)).get(rows.selected(i));
                }
            }
        }
        assertThat(living).isEqualTo(keys);
        assertThat(sum).isEqualTo((long) keys * (keys - 1) / 2);
    }

    @Test
    void memoryThatCannotSufficeIsNamed() {
        List<MergeDelta> deltas = List.of(
                new MergeDelta(DeltaType.UPSERT, 1, List.of(), List.of(new NumbersFile(100_000, 1))),
                new MergeDelta(DeltaType.UPSERT, 2, List.of(), List.of(new NumbersFile(100_000, 1))));
        MergeOptions options = new MergeOptions(NumbersFile.SCHEMA, List.of("id"), List.of(), 5_000);
        assertThatThrownBy(() -> PartitionMerge.merge(deltas, options))
                .isInstanceOf(MergeException.class)
                .hasMessageContaining("within 5000 bytes")
                .hasMessageContaining("raise the memory");
    }

    @Test
    void readingGoesOnWhereItStopped() throws IOException {
        List<MergeDelta> deltas = List.of(
                new MergeDelta(DeltaType.UPSERT, 1, List.of(), List.of(new NumbersFile(1_000, 1))),
                new MergeDelta(DeltaType.UPSERT, 2, List.of(), List.of(new NumbersFile(500, 2))));
        MergedPartition merged =
                PartitionMerge.merge(deltas, new MergeOptions(NumbersFile.SCHEMA, List.of("id"), List.of(), 1 << 20));
        List<Long> all = numbers(merged, 0);
        for (int skipped : new int[] {1, 99, 100, 499, 500, 501, 1_000, 1_001}) {
            assertThat(numbers(merged, skipped)).isEqualTo(all.subList(Math.min(skipped, 1_000), 1_000));
        }
    }

    private static List<Long> numbers(MergedPartition merged, long skipped) throws IOException {
        List<Long> numbers = new ArrayList<>();
        try (MergedRows rows = merged.rows(NumbersFile.SCHEMA)) {
            rows.skip(skipped);
            while (rows.nextBatch()) {
                for (int i = 0; i < rows.selectedCount(); i++) {
                    numbers.add(((LongVector) rows.batch().column(0)).get(rows.selected(i)));
                }
            }
        }
        return numbers;
    }

    static IntStream seeds() {
        Integer only = Integer.getInteger("sim.seed");
        return only == null ? IntStream.rangeClosed(1, 200) : IntStream.of(only);
    }

    /** The merge against a plain replay of the rules, with an index bound small enough to split many times. */
    @ParameterizedTest
    @MethodSource("seeds")
    void agreesWithAPlainReplayOfTheRules(int seed) throws IOException {
        Random random = new Random(seed);
        List<String> keys = List.of(List.of("id"), List.of("name"), List.of("id", "name"), List.<String>of())
                .get(random.nextInt(4));
        List<MergeOrderKey> order = random.nextBoolean() || keys.isEmpty()
                ? List.of()
                : List.of(new MergeOrderKey("rank", random.nextBoolean()));
        List<MergeDelta> deltas = deltas(random, keys);
        MergeOptions options = options(keys, order, random.nextBoolean() ? 6_000 + random.nextInt(4_000) : 1 << 20);
        List<Long> expected = replay(deltas, options);
        List<MergeDelta> shuffled = new ArrayList<>(deltas);
        Collections.shuffle(shuffled, random);
        assertThat(livingRows(shuffled, options))
                .as("-Dsim.seed=%s", seed)
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    private static List<MergeDelta> deltas(Random random, List<String> keys) {
        List<MergeDelta> deltas = new ArrayList<>();
        long number = 0;
        int keySpace = 1 + random.nextInt(300);
        for (int d = 0, count = 1 + random.nextInt(8); d < count; d++) {
            DeltaType type = DeltaType.values()[random.nextInt(4)];
            List<String> equality = type == DeltaType.DELETE && (keys.isEmpty() || random.nextInt(3) == 0)
                    ? List.of(List.of("id"), List.of("name"), List.of("name", "id"))
                            .get(random.nextInt(3))
                    : List.of();
            List<MergeFile> files = new ArrayList<>();
            for (int f = 0, fileCount = random.nextInt(3) + 1; f < fileCount; f++) {
                List<Object[]> rows = new ArrayList<>();
                boolean ascending = d == 0 && random.nextBoolean();
                for (int r = 0, rowCount = random.nextInt(150); r < rowCount; r++) {
                    int key = ascending && random.nextInt(100) > 0 ? f * 150 + r + 1 : random.nextInt(keySpace);
                    rows.add(row(
                            key == 0 ? null : (long) key,
                            key % 7 == 0 ? null : "n" + key % 20,
                            random.nextInt(5) == 0 ? null : (long) random.nextInt(9) - 4,
                            number++));
                }
                files.add(new RowsFile(SCHEMA, rows));
            }
            deltas.add(new MergeDelta(type, d + 1L, equality, files));
        }
        return deltas;
    }

    /** data-plane.md §2.5 word for word: runs in position order, last row per key, deletes remove. */
    private static List<Long> replay(List<MergeDelta> deltas, MergeOptions options) {
        List<Object[]> alive = new ArrayList<>();
        for (MergeDelta delta : deltas) {
            List<Object[]> rows = new ArrayList<>();
            delta.files().forEach(file -> rows.addAll(((RowsFile) file).rows()));
            if (delta.type() == DeltaType.DELETE) {
                List<String> columns =
                        delta.equalityColumns().isEmpty() ? options.mergeKeys() : delta.equalityColumns();
                alive.removeIf(old -> rows.stream().anyMatch(deleted -> sameKey(columns, old, deleted)));
                continue;
            }
            for (MergeOrderKey key : options.orderKeys()) {
                Comparator<Long> values = key.descending() ? Comparator.reverseOrder() : Comparator.naturalOrder();
                rows.sort(Comparator.comparing(row -> (Long) row[2], Comparator.nullsLast(values)));
            }
            for (Object[] row : rows) {
                if (!options.mergeKeys().isEmpty()) {
                    alive.removeIf(old -> sameKey(options.mergeKeys(), old, row));
                }
                alive.add(row);
            }
        }
        return alive.stream().map(row -> (Long) row[3]).toList();
    }

    private static boolean sameKey(List<String> columns, Object[] left, Object[] right) {
        return columns.stream().allMatch(column -> {
            int index = column.equals("id") ? 0 : 1;
            return Objects.equals(left[index], right[index]);
        });
    }
}
