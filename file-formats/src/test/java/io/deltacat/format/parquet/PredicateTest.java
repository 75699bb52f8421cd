package io.deltacat.format.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltacat.format.CanonicalValues;
import io.deltacat.format.MemoryFile;
import io.deltacat.format.PredicateOracle;
import io.deltacat.format.RandomRows;
import io.deltacat.format.batch.ColumnBatch;
import io.deltacat.format.file.BatchReader;
import io.deltacat.format.file.ReadOptions;
import io.deltacat.format.file.RowRange;
import io.deltacat.format.file.WriteOptions;
import io.deltacat.format.predicate.RowPredicate;
import io.deltacat.format.schema.TypeNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads with random predicates: every row that satisfies them comes, at its place, whatever else is left out. */
class PredicateTest {
    private static final ParquetFormat FORMAT = new ParquetFormat();
    private static final int PREDICATES = 40;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void noWantedRowIsLeftOut(long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        List<Field> fields =
                new ArrayList<>(RandomRows.allScalars(seed % 2 == 0).getFields());
        fields.add(TypeNames.field("list", "list<item: struct<x: int32 not null, y: list<item: string>>>", true));
        fields.add(TypeNames.field("struct", "struct<a: int64, b: string>", true));
        Schema schema = new Schema(fields);
        List<List<Object>> rows = new RandomRows(random).rows(schema, 3000);
        int sorted = random.nextInt(fields.size() - 2);
        rows.sort((a, b) -> PredicateOracle.order(fields.get(sorted), a.get(sorted), b.get(sorted)));
        MemoryFile file = new MemoryFile();
        WriteOptions options =
                WriteOptions.defaults().withPageBytes(1024).withRowGroupBytes(seed % 3 == 0 ? 1 << 20 : 1 << 18);
        RoundTripTest.write(file, schema, rows, options);
        long leftOut = check("seed " + seed, file, fields.get(sorted).getName(), random);
        assertThat(leftOut).as("rows left out").isPositive();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "flat_zstd",
                "flat_none",
                "flat_plain",
                "flat_int96",
                "flat_version_1",
                "flat_integer_decimals",
                "flat_v2_pages",
                "paged/page_index",
                "paged/page_index_v2_pages"
            })
    void noWantedRowOfAnotherWritersFileIsLeftOut(String name) throws IOException {
        byte[] content = Files.readAllBytes(Path.of("src/test/resources/golden", name + ".parquet"));
        long leftOut = check(name, new MemoryFile(content), "sorted", new SplittableRandom(5));
        if (name.startsWith("paged")) {
            assertThat(leftOut).as("rows left out").isPositive();
        }
    }

    /** Reads with random predicates and returns how many rows were left out. */
    private static long check(String what, MemoryFile file, String sorted, SplittableRandom random) throws IOException {
        PredicateOracle oracle = new PredicateOracle(file, FORMAT);
        List<List<Object>> expected = oracle.canonicalColumns();
        int rows = oracle.rowCount();
        long leftOut = 0;
        for (int round = 0; round < PREDICATES; round++) {
            RowPredicate predicate = oracle.randomPredicate(random, sorted);
            long first = random.nextInt(4) == 0 ? random.nextInt(rows) : 0;
            long count = random.nextInt(4) == 0 ? random.nextInt(rows) : Long.MAX_VALUE;
            RowRange range = new RowRange(first, count);
            BitSet read = read(
                    file,
                    ReadOptions.all().withRows(range).withPredicate(predicate).withBatchRows(1 + random.nextInt(200)),
                    expected,
                    random);
            for (long row = first; row < first + range.selectedOf(rows); row++) {
                if (!read.get((int) row)) {
                    leftOut++;
                    assertThat(oracle.isTrue(predicate, (int) row))
                            .as("%s, round %d: row %d left out by %s", what, round, row, predicate)
                            .isFalse();
                }
            }
        }
        return leftOut;
    }

    /** Reads, checks each row against the whole file's and returns which rows came, skipped ones included. */
    private static BitSet read(
            MemoryFile file, ReadOptions options, List<List<Object>> expected, SplittableRandom random)
            throws IOException {
        BitSet read = new BitSet();
        try (BatchReader reader = FORMAT.openReader(file, options)) {
            ColumnBatch batch = reader.newBatch();
            while (reader.nextBatch(batch)) {
                int start = (int) (options.rows().first() + reader.position() - batch.size());
                List<List<Object>> actual = new ArrayList<>();
                expected.forEach(column -> actual.add(new ArrayList<>()));
                CanonicalValues.append(batch, actual);
                for (int column = 0; column < expected.size(); column++) {
                    assertThat(actual.get(column))
                            .as("rows from %d of column %d with %s", start, column, options)
                            .isEqualTo(expected.get(column).subList(start, start + batch.size()));
                }
                read.set(start, start + batch.size());
                if (random.nextInt(5) == 0) {
                    int at = (int) (options.rows().first() + reader.position());
                    int skipped = random.nextInt(100);
                    reader.skip(skipped);
                    read.set(at, at + skipped);
                }
            }
            assertThat(reader.position()).isEqualTo(reader.rowCount());
        }
        assertThat(file.openInputs()).isZero();
        return read;
    }

    @Test
    void aNarrowRangeOfASortedColumnReadsItsPagesOnly() throws IOException {
        Schema schema =
                new Schema(List.of(TypeNames.field("id", "int64", false), TypeNames.field("text", "string", true)));
        SplittableRandom random = new SplittableRandom(9);
        List<List<Object>> rows = new ArrayList<>();
        for (long i = 0; i < 400_000; i++) {
            rows.add(List.of(i, Long.toHexString(random.nextLong()).getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        }
        MemoryFile file = new MemoryFile();
        RoundTripTest.write(file, schema, rows, WriteOptions.defaults());
        long read = 0;
        ReadOptions options = ReadOptions.all().withPredicate(RowPredicate.between("id", 200_000L, 203_999L));
        try (BatchReader reader = FORMAT.openReader(file, options)) {
            ColumnBatch batch = reader.newBatch();
            while (reader.nextBatch(batch)) {
                read += batch.size();
            }
        }
        assertThat(read).isBetween(4_000L, 40_000L);
        assertThat(file.bytesRead()).isLessThan(file.length() / 8);
        assertThat(file.reads()).isLessThanOrEqualTo(6);
    }
}
