package io.deltacat.benchmarks.job;

import java.nio.file.Path;

/** Whose connector runs a job. */
enum Contestant {
    /** Ours. */
    DELTACAT {
        @Override
        Warehouse open(Path directory, boolean compactLater) {
            return new DeltaCatWarehouse(directory);
        }
    },
    /** Flink's filesystem connector. */
    FILESYSTEM {
        @Override
        Warehouse open(Path directory, boolean compactLater) {
            return new FilesystemWarehouse(directory);
        }
    },
    /** Apache Paimon's. */
    PAIMON {
        @Override
        Warehouse open(Path directory, boolean compactLater) {
            return new PaimonWarehouse(directory, compactLater);
        }
    },
    /** Apache Iceberg's. */
    ICEBERG {
        @Override
        Warehouse open(Path directory, boolean compactLater) {
            return new IcebergWarehouse(directory);
        }
    };

    /**
     * Opens its tables.
     *
     * @param directory where they are
     * @param compactLater whether merging what was written is measured by itself
     */
    abstract Warehouse open(Path directory, boolean compactLater);
}
