package io.deltacat.benchmarks;

import io.deltacat.format.file.Codec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.data.RowData;

/** Measures one contestant with one codec in this JVM. */
final class Contest {
    private static final long SEED = 42;

    private final Options options;
    private final Codec codec;
    private final Path directory;

    /**
     * @param options what to measure
     * @param codec compression
     * @param directory where files go
     */
    Contest(Options options, Codec codec, Path directory) {
        this.options = options;
        this.codec = codec;
        this.directory = directory;
    }

    /** Writes the file that both readers read, with Flink's writer. */
    Path prepareReading() throws IOException {
        Path file = directory.resolve("rows-" + codec + ".parquet");
        if (!Files.exists(file)) {
            MixedRows rows = new MixedRows(SEED, options.nulls());
            List<RowData> all = new ArrayList<>();
            for (int i = 0; i < options.rows(); i++) {
                all.add(rows.nextFive());
            }
            ParquetWriting.FLINK.write(file, MixedRows.FIVE, all, codec);
        }
        return file;
    }

    /** Measures reading. */
    Measurement read(ParquetReading contestant) throws IOException {
        Path file = prepareReading();
        RowChecksum[] checksum = new RowChecksum[1];
        PassTimes times = PassTimes.measure(options.warmUps(), options.passes(), () -> {
            checksum[0] = new RowChecksum();
            contestant.read(file, MixedRows.FIVE, checksum[0]);
        });
        return times.of(checksum[0].rows(), Files.size(file), checksum[0].sum());
    }

    /** Measures writing; the checksum is that of the rows which our reader finds in the file. */
    Measurement write(ParquetWriting contestant) throws IOException {
        MixedRows rows = new MixedRows(SEED, options.nulls());
        List<RowData> all = new ArrayList<>();
        for (int i = 0; i < options.rows(); i++) {
            all.add(rows.nextTwenty());
        }
        Path file = directory.resolve("written-" + contestant + "-" + codec + ".parquet");
        PassTimes times = PassTimes.measure(
                options.warmUps(), options.passes(), () -> contestant.write(file, MixedRows.TWENTY, all, codec));
        return times.of(all.size(), Files.size(file), FileChecksum.of(file));
    }
}
