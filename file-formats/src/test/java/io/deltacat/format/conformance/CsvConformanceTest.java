package io.deltacat.format.conformance;

import io.deltacat.format.delimited.DelimitedFormat;

/** Binds the conformance suite to this format. */
final class CsvConformanceTest extends DelimitedConformance {
    CsvConformanceTest() {
        super("csv-scalars.csv.gz", DelimitedFormat.csv());
    }
}
