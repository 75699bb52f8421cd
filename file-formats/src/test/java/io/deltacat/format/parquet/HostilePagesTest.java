package io.deltacat.format.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltacat.format.AllocatedBytes;
import io.deltacat.format.FormatException;
import io.deltacat.format.MemoryFile;
import io.deltacat.format.batch.BytesVector;
import io.deltacat.format.batch.ColumnBatch;
import io.deltacat.format.file.BatchReader;
import io.deltacat.format.file.ReadOptions;
import java.io.IOException;
import org.apache.parquet.format.Encoding;
import org.junit.jupiter.api.Test;

/** Pages that claim much with few bytes take neither memory nor time; large but valid ones are read in smaller batches. */
class HostilePagesTest {
    private static final int BILLIONS = Integer.MAX_VALUE - 8;
    private static final long FEW_BYTES = 64 << 20;

    @Test
    void aRowOfBillionsOfListElementsIsRefused() throws Exception {
        byte[] body = HostilePages.join(
                HostilePages.levels(1, 0, BILLIONS - 1, 1), // repetition: one row
                HostilePages.levels(BILLIONS, 2)); // definition: elements are null
        MemoryFile file =
                new HostilePages(true).data(BILLIONS, Encoding.PLAIN, body).file(1);
        assertThatThrownBy(() -> rows(file))
                .isInstanceOf(FormatException.RowTooLarge.class)
                .hasMessageContaining("'column'")
                .hasMessageContaining("list elements");
    }

    @Test
    void billionsOfEmptyListsAreReadInBatches() throws Exception {
        byte[] body = HostilePages.join(HostilePages.levels(BILLIONS, 0), HostilePages.levels(BILLIONS, 0));
        MemoryFile file =
                new HostilePages(true).data(BILLIONS, Encoding.PLAIN, body).file(BILLIONS);
        assertThat(AllocatedBytes.of(() -> {
                    try (BatchReader reader = new ParquetFormat().openReader(file, ReadOptions.all())) {
                        ColumnBatch batch = reader.newBatch();
                        for (int i = 0; i < 100; i++) {
                            assertThat(reader.nextBatch(batch)).isTrue();
                        }
                    }
                }))
                .isLessThan(FEW_BYTES);
    }

    @Test
    void billionsOfClaimedDeltaLengthsTakeNoMemory() throws Exception {
        byte[] body = HostilePages.join(HostilePages.levels(BILLIONS, 1), HostilePages.equalDeltas(BILLIONS, 0));
        MemoryFile file = new HostilePages(false)
                .data(BILLIONS, Encoding.DELTA_LENGTH_BYTE_ARRAY, body)
                .file(BILLIONS);
        assertThat(AllocatedBytes.of(() -> assertThat(firstBatch(file)).isPositive()))
                .isLessThan(FEW_BYTES);
    }

    @Test
    void billionsOfClaimedDeltaPrefixesTakeNoMemory() throws Exception {
        byte[] body = HostilePages.join(
                HostilePages.levels(BILLIONS, 1),
                HostilePages.equalDeltas(BILLIONS, 0),
                HostilePages.equalDeltas(BILLIONS, 0));
        MemoryFile file = new HostilePages(false)
                .data(BILLIONS, Encoding.DELTA_BYTE_ARRAY, body)
                .file(BILLIONS);
        assertThat(AllocatedBytes.of(() -> assertThat(firstBatch(file)).isPositive()))
                .isLessThan(FEW_BYTES);
    }

    @Test
    void moreDictionaryEntriesThanThePageHoldsAreRefused() throws Exception {
        MemoryFile file = new HostilePages(false)
                .dictionary(BILLIONS, new byte[64])
                .data(1, Encoding.RLE_DICTIONARY, HostilePages.join(HostilePages.levels(1, 1), new byte[] {1, 2, 0}))
                .file(1);
        assertThat(AllocatedBytes.of(
                        () -> assertThatThrownBy(() -> rows(file)).isInstanceOf(FormatException.CorruptFile.class)))
                .isLessThan(FEW_BYTES);
    }

    @Test
    void aBatchThatOutgrowsItsLimitWhenADictionaryEndsIsReadInSmallerOnes() throws Exception {
        int large = 1 << 20;
        byte[] dictionary = HostilePages.join(HostilePages.little(large), new byte[large]);
        byte[] ids = HostilePages.join(HostilePages.levels(4000, 1), new byte[] {1}, HostilePages.runs(4000, 0));
        byte[] plain = HostilePages.join(HostilePages.levels(1, 1), HostilePages.little(3), new byte[] {'e', 'n', 'd'});
        MemoryFile file = new HostilePages(false)
                .dictionary(1, dictionary)
                .data(4000, Encoding.RLE_DICTIONARY, ids)
                .data(1, Encoding.PLAIN, plain)
                .file(4001);
        long rows = 0;
        try (BatchReader reader = new ParquetFormat().openReader(file, ReadOptions.all())) {
            ColumnBatch batch = reader.newBatch();
            while (reader.nextBatch(batch)) {
                BytesVector values = (BytesVector) batch.column(0);
                for (int row = 0; row < batch.size(); row++, rows++) {
                    assertThat(values.length(row)).isEqualTo(rows < 4000 ? large : 3);
                }
            }
        }
        assertThat(rows).isEqualTo(4001);
    }

    @Test
    void nullsBeforeTheFirstDictionaryValueDoNotCostTheDictionary() throws Exception {
        int large = 1 << 20;
        byte[] dictionary = HostilePages.join(HostilePages.little(large), new byte[large]);
        byte[] ids = HostilePages.join(HostilePages.levels(4000, 1), new byte[] {1}, HostilePages.runs(4000, 0));
        MemoryFile file = new HostilePages(false)
                .dictionary(1, dictionary)
                .data(90, Encoding.RLE_DICTIONARY, HostilePages.levels(90, 0))
                .data(4000, Encoding.RLE_DICTIONARY, ids)
                .file(4090);
        assertThat(AllocatedBytes.of(() -> assertThat(firstBatch(file)).isEqualTo(4090)))
                .isLessThan(FEW_BYTES);
    }

    private static int firstBatch(MemoryFile file) throws IOException {
        try (BatchReader reader = new ParquetFormat().openReader(file, ReadOptions.all())) {
            ColumnBatch batch = reader.newBatch();
            assertThat(reader.nextBatch(batch)).isTrue();
            return batch.size();
        }
    }

    private static long rows(MemoryFile file) throws IOException {
        long rows = 0;
        try (BatchReader reader = new ParquetFormat().openReader(file, ReadOptions.all())) {
            ColumnBatch batch = reader.newBatch();
            while (reader.nextBatch(batch)) {
                rows += batch.size();
            }
        }
        return rows;
    }
}
