package io.deltacat.format.conformance;

import io.deltacat.format.feather.FeatherFormat;

/** Binds the conformance suite to Feather. */
final class FeatherScalarsConformanceTest extends FormatConformance {
    FeatherScalarsConformanceTest() {
        super("feather-scalars.feather", new FeatherFormat());
    }
}
