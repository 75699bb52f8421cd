package io.deltacat.format.conformance;

import io.deltacat.format.delimited.DelimitedFormat;

/** Binds the conformance suite to this format. */
final class TsvConformanceTest extends DelimitedConformance {
    TsvConformanceTest() {
        super("tsv-scalars.tsv.gz", DelimitedFormat.tsv());
    }
}
