package io.deltacat.format.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltacat.format.FormatException;
import io.deltacat.format.MemoryFile;
import io.deltacat.format.RandomRows;
import io.deltacat.format.batch.ColumnBatch;
import io.deltacat.format.file.BatchReader;
import io.deltacat.format.file.Codec;
import io.deltacat.format.file.ReadOptions;
import io.deltacat.format.file.WriteOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damages valid files in every way we can think of: reading ends, with the right number of rows or with a typed error. */
class CorruptFileTest {
    private static final int ROUNDS = 150;
    private static final long SEED = 20_240_229;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "flat_zstd",
                "flat_none",
                "flat_snappy",
                "flat_gzip",
                "flat_lz4",
                "flat_v2_pages",
                "flat_delta_v2",
                "nested_zstd",
                "nested_none",
                "nested_v2_pages",
                "flat_dictionary_overflow"
            })
    void damagedGoldenFilesNeverHangNorFailUntyped(String name) throws IOException {
        fuzz(name, Files.readAllBytes(Path.of("src/test/resources/golden", name + ".parquet")), false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ZSTD", "UNCOMPRESSED", "LZ4"})
    void damagedPagesOfOurFilesAreAlwaysNoticed(String codec) throws IOException {
        Schema schema = RandomRows.allScalars(true);
        MemoryFile file = new MemoryFile();
        RoundTripTest.write(
                file,
                schema,
                new RandomRows(new SplittableRandom(SEED)).rows(schema, 600),
                WriteOptions.defaults().withCodec(Codec.valueOf(codec)).withPageBytes(1024));
        fuzz(codec, file.content(), true);
    }

    private static void fuzz(String name, byte[] valid, boolean checksums) {
        long rows = rowsOf(valid);
        SplittableRandom random = new SplittableRandom(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] damaged = damage(valid, random, round);
            String what = name + ", seed " + SEED + ", round " + round;
            Assertions.assertTimeoutPreemptively(
                    Duration.ofSeconds(20),
                    () -> {
                        try {
                            long read = readAll(damaged);
                            assertThat(read).as(what).isEqualTo(rows);
                        } catch (FormatException e) {
                            assertThat(e.file()).as(what).isEqualTo("memory.parquet");
                            assertThat(e.getMessage()).as(what).contains("memory.parquet");
                        } catch (RuntimeException | Error e) {
                            throw new AssertionError(what, e);
                        }
                    },
                    what);
        }
        if (checksums) {
            assertThat(undetectedFlips(valid)).as(name).isZero();
        }
    }

    /** Flips bits in the middle of the data and counts how often nobody notices. */
    private static int undetectedFlips(byte[] valid) {
        int footer = footerStart(valid);
        int undetected = 0;
        SplittableRandom random = new SplittableRandom(SEED);
        for (int round = 0; round < 200; round++) {
            byte[] damaged = valid.clone();
            int at = 4 + random.nextInt(footer / 2);
            damaged[at] ^= (byte) (1 << random.nextInt(8));
            try {
                readAll(damaged);
                undetected += isInPageBody(valid, damaged) ? 1 : 0;
            } catch (FormatException | IOException e) {
                continue; // noticed
            }
        }
        return undetected;
    }

    /** A flip that changes no value that is read is in a part of a page header that does not matter. */
    private static boolean isInPageBody(byte[] valid, byte[] damaged) {
        return !GoldenFileTest.readAll(valid).equals(GoldenFileTest.readAll(damaged));
    }

    private static byte[] damage(byte[] valid, SplittableRandom random, int round) {
        byte[] damaged = valid.clone();
        int footer = footerStart(valid);
        switch (round % 5) {
            case 0 -> {
                return Arrays.copyOf(valid, random.nextInt(valid.length)); // truncated
            }
            case 1 -> damaged[footer + random.nextInt(valid.length - footer)] ^= (byte) (1 << random.nextInt(8));
            case 2 -> {
                for (int i = 0; i < 8; i++) {
                    damaged[footer + random.nextInt(valid.length - footer)] = (byte) random.nextInt();
                }
            }
            case 3 -> damaged[random.nextInt(footer)] ^= (byte) (1 << random.nextInt(8));
            default -> {
                int from = random.nextInt(footer);
                for (int i = from; i < Math.min(footer, from + 40); i++) {
                    damaged[i] = (byte) random.nextInt();
                }
            }
        }
        return damaged;
    }

    private static int footerStart(byte[] file) {
        int at = file.length - 8;
        int length = file[at] & 0xff | (file[at + 1] & 0xff) << 8 | (file[at + 2] & 0xff) << 16 | file[at + 3] << 24;
        return at - length;
    }

    private static long rowsOf(byte[] valid) {
        try {
            return readAll(valid);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static long readAll(byte[] content) throws IOException {
        MemoryFile file = new MemoryFile(content);
        try (BatchReader reader =
                new ParquetFormat().openReader(file, ReadOptions.all().withBatchRows(61))) {
            ColumnBatch batch = reader.newBatch();
            long rows = 0;
            while (reader.nextBatch(batch)) {
                GoldenFileTest.touch(batch);
                rows += batch.size();
            }
            return rows;
        } finally {
            assertThat(file.openInputs()).isZero();
        }
    }

    @Test
    void anEmptyFileIsNamed() {
        assertThatThrownBy(() -> readAll(new byte[0]))
                .isInstanceOf(FormatException.CorruptFile.class)
                .hasMessage(
                        "File 'memory.parquet': at or after byte 0: a Parquet file has at least 12 bytes, this one has 0;"
                                + " the file is corrupt or truncated. Write it again or drop the delta that names it.");
    }

    @Test
    void aDamagedPageIsNamedWithColumnAndOffset() throws IOException {
        byte[] content = Files.readAllBytes(Path.of("src/test/resources/golden/flat_checksums.parquet"));
        content[60] ^= 1;
        assertThatThrownBy(() -> readAll(content)).isInstanceOfSatisfying(FormatException.CorruptFile.class, e -> {
            assertThat(e.column()).isEqualTo("bool");
            assertThat(e.offset()).hasValue(4);
            assertThat(e.getMessage()).contains("the checksum of a page");
        });
    }
}
