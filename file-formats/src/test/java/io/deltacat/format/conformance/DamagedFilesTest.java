package io.deltacat.format.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltacat.format.AllocatedBytes;
import io.deltacat.format.FormatException;
import io.deltacat.format.batch.ColumnBatch;
import io.deltacat.format.file.BatchReader;
import io.deltacat.format.file.FileFormat;
import io.deltacat.format.file.ReadOptions;
import io.deltacat.format.predicate.RowPredicate;
import io.deltacat.format.registry.FormatRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reads damaged files of every format: rows or a typed error come, in little time and with little memory. */
class DamagedFilesTest {
    private static final int ROUNDS = Integer.getInteger("damage.rounds", 300);
    private static final long SEED = Long.getLong("damage.seed", 77);
    private static final long MAX_BYTES = 128L << 20;
    private static final long MAX_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final Path GOLDEN = Path.of("src/test/resources/golden");

    @ParameterizedTest
    @CsvSource({
        "parquet, flat_zstd.parquet",
        "parquet, flat_none.parquet",
        "parquet, flat_gzip.parquet",
        "parquet, flat_delta_v2.parquet",
        "parquet, nested_lz4.parquet",
        "parquet, nested_v2_pages.parquet",
        "parquet, paged/page_index.parquet",
        "avro, pythonclient/avro-scalars.avro",
        "avro, pythonclient/avro-nested.avro",
        "feather, pythonclient/feather-scalars.feather",
        "feather, pythonclient/feather-nested.feather",
        "feather, pythonclient/deltas.feather",
        "feather, pythonclient/large-lz4.feather",
        "json, pythonclient/json-scalars.json.gz",
        "json, pythonclient/json-nested.json.gz",
        "csv, pythonclient/csv-scalars.csv.gz"
    })
    void damageIsNoticedOrHarmless(String format, String name) throws Exception {
        FileFormat reader = FormatRegistry.builtIn().format(format);
        byte[] valid = Files.readAllBytes(GOLDEN.resolve(name));
        String table = name.substring(name.indexOf('/') + 1);
        ReadOptions options = CanonicalTable.golden().containsKey(table)
                ? columns(CanonicalTable.golden().get(table).schema())
                : ReadOptions.all();
        if (name.startsWith("paged")) {
            options = options.withPredicate(
                    RowPredicate.between("day", LocalDate.of(2003, 1, 1), LocalDate.of(2004, 1, 1)));
        }
        check(name, reader, valid, options);
    }

    private static void check(String name, FileFormat reader, byte[] valid, ReadOptions options) throws Exception {
        long plain = AllocatedBytes.of(() -> readAll(reader, valid, options));
        SplittableRandom random = new SplittableRandom(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] damaged = damage(valid, random);
            String what = name + ", seed " + SEED + ", round " + round;
            long start = System.nanoTime();
            long allocated = AllocatedBytes.of(() -> {
                try {
                    readAll(reader, damaged, options);
                } catch (FormatException e) {
                    assertThat(e.getMessage()).as(what).contains("memory-file");
                } catch (RuntimeException | Error e) {
                    throw new AssertionError(what, e);
                }
            });
            assertThat(allocated).as(what).isLessThan(MAX_BYTES + 4 * plain);
            assertThat(System.nanoTime() - start).as(what).isLessThan(MAX_NANOS);
        }
    }

    private static ReadOptions columns(Schema schema) {
        return ReadOptions.columns(schema).withStoredColumns(schema);
    }

    private static byte[] damage(byte[] valid, SplittableRandom random) {
        byte[] damaged = valid.clone();
        int tail = Math.min(valid.length, 600);
        int at = random.nextBoolean()
                ? random.nextInt(valid.length)
                : random.nextBoolean() ? valid.length - 1 - random.nextInt(tail) : random.nextInt(tail);
        switch (random.nextInt(5)) {
            case 0 -> {
                return Arrays.copyOf(valid, at);
            }
            case 1 -> damaged[at] ^= (byte) (1 << random.nextInt(8));
            case 2 -> {
                for (int i = 0; i < 5; i++) { // a large number in variable-length encoding
                    damaged[Math.min(at + i, valid.length - 1)] = (byte) (i < 4 ? 0xff : 0x07);
                }
            }
            case 3 -> {
                for (int i = at; i < Math.min(valid.length, at + 40); i++) {
                    damaged[i] = (byte) random.nextInt();
                }
            }
            default -> Arrays.fill(damaged, at, Math.min(valid.length, at + 1 + random.nextInt(8)), (byte) 0x7f);
        }
        return damaged;
    }

    private static void readAll(FileFormat format, byte[] content, ReadOptions options) throws IOException {
        BytesFile file = new BytesFile(content);
        try (BatchReader reader = format.openReader(file, options)) {
            ColumnBatch batch = reader.newBatch();
            while (reader.nextBatch(batch)) {
                assertThat(batch.size()).isPositive();
            }
        }
        assertThat(file.openCount()).isZero();
    }
}
