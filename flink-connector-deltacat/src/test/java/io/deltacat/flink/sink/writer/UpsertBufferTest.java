package io.deltacat.flink.sink.writer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.binary.BinaryRowData;
import org.apache.flink.table.runtime.typeutils.RowDataSerializer;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpsertBufferTest {
    private static final RowType ROWS = RowType.of(
            new LogicalType[] {new BigIntType(false), new VarCharType(VarCharType.MAX_LENGTH)},
            new String[] {"id", "note"});
    private static final String DELETED = "deleted";

    private final RowDataSerializer serializer = new RowDataSerializer(ROWS);
    private final RowKeys keys = RowKeys.of(ROWS, List.of("id"));

    @Test
    void theLastOperationOfAKeyCounts() throws Exception {
        UpsertBuffer buffer = buffer(1 << 20);
        put(buffer, 1, "a");
        put(buffer, 2, "b");
        put(buffer, 1, "a longer text than before");
        put(buffer, 2, "c");
        put(buffer, 3, "gone");
        buffer.delete(keys.of(row(3, "")));
        buffer.delete(keys.of(row(4, "")));
        put(buffer, 4, "back");

        assertThat(contents(buffer))
                .containsOnly(
                        Map.entry(1L, "a longer text than before"),
                        Map.entry(2L, "c"),
                        Map.entry(3L, DELETED),
                        Map.entry(4L, "back"));
    }

    @Test
    void aFullBufferTakesNoNewKeyAndStaysAsItIs() throws Exception {
        UpsertBuffer buffer = buffer(64 << 10);
        Map<Long, String> model = new LinkedHashMap<>();
        long id = 0;
        while (put(buffer, id, "row " + id)) {
            model.put(id, "row " + id);
            id++;
        }

        assertThat(id).isGreaterThan(300);
        assertThat(buffer.heldBytes()).isLessThanOrEqualTo(64 << 10);
        assertThat(contents(buffer)).isEqualTo(model);

        buffer.clear();
        assertThat(buffer.size()).isZero();
        assertThat(contents(buffer)).isEmpty();
        assertThat(put(buffer, id, "row")).isTrue();
    }

    @Test
    void aRowLargerThanTheBufferIsTakenByAnEmptyOne() throws Exception {
        UpsertBuffer buffer = buffer(8 << 10);
        String large = "x".repeat(100_000);

        assertThat(put(buffer, 1, large)).isTrue();
        assertThat(put(buffer, 2, "small")).isFalse();

        assertThat(contents(buffer)).containsOnly(Map.entry(1L, large));
    }

    @Test
    void manyChangesOfFewKeysNeverFillIt() throws Exception {
        UpsertBuffer buffer = buffer(256 << 10);
        Map<Long, String> model = new LinkedHashMap<>();
        Random random = new Random(7);
        for (int change = 0; change < 50_000; change++) {
            long id = random.nextInt(200);
            String note = "n".repeat(random.nextInt(300)) + change;
            assertThat(put(buffer, id, note)).as("change %s", change).isTrue();
            model.put(id, note);
        }

        assertThat(contents(buffer)).isEqualTo(model);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void seededChangesAreKeptAsAMapKeepsThem(long seed) throws Exception {
        Random random = new Random(seed);
        long limit = 1L << (13 + random.nextInt(6));
        int keyCount = 1 + random.nextInt(2_000);
        UpsertBuffer buffer = buffer(limit);
        Map<Long, String> model = new LinkedHashMap<>();
        for (int change = 0; change < 20_000; change++) {
            long id = random.nextInt(keyCount) * 4_294_967_296L;
            boolean delete = random.nextInt(4) == 0;
            String note = delete ? DELETED : "n".repeat(random.nextInt(random.nextInt(50) == 0 ? 3_000 : 40));
            boolean taken = delete ? buffer.delete(keys.of(row(id, ""))) : put(buffer, id, note);
            if (!taken) {
                assertThat(contents(buffer))
                        .as("seed %s, change %s", seed, change)
                        .isEqualTo(model);
                buffer.clear();
                model.clear();
                taken = delete ? buffer.delete(keys.of(row(id, ""))) : put(buffer, id, note);
            }
            assertThat(taken).isTrue();
            model.put(id, note);
        }
        assertThat(contents(buffer)).as("seed %s", seed).isEqualTo(model);
    }

    private static UpsertBuffer buffer(long limit) {
        return new UpsertBuffer(limit, 1, 2);
    }

    private boolean put(UpsertBuffer buffer, long id, String note) {
        GenericRowData row = row(id, note);
        return buffer.upsert(keys.of(row), serializer.toBinaryRow(row));
    }

    private static GenericRowData row(long id, String note) {
        return GenericRowData.of(id, StringData.fromString(note));
    }

    private static Map<Long, String> contents(UpsertBuffer buffer) throws InterruptedException {
        Map<Long, String> contents = new LinkedHashMap<>();
        buffer.visit(new UpsertBuffer.Visitor() {
            @Override
            public void upsert(BinaryRowData row) {
                add(row.getLong(0), row.getString(1).toString());
            }

            @Override
            public void delete(BinaryRowData key) {
                add(key.getLong(0), DELETED);
            }

            private void add(long id, String note) {
                assertThat(contents.put(id, note)).as("key %s twice", id).isNull();
            }
        });
        return contents;
    }
}
