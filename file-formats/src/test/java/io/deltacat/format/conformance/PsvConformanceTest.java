package io.deltacat.format.conformance;

import io.deltacat.format.delimited.DelimitedFormat;

/** Binds the conformance suite to this format. */
final class PsvConformanceTest extends DelimitedConformance {
    PsvConformanceTest() {
        super("psv-scalars.psv.gz", DelimitedFormat.psv());
    }
}
