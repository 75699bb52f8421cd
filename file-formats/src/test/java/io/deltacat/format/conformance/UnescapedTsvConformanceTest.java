package io.deltacat.format.conformance;

import io.deltacat.format.delimited.DelimitedFormat;

/** Binds the conformance suite to this format. */
final class UnescapedTsvConformanceTest extends DelimitedConformance {
    UnescapedTsvConformanceTest() {
        super("unescaped-tsv-scalars.tsv.gz", DelimitedFormat.unescapedTsv());
    }
}
