package io.deltacat.format.conformance;

import io.deltacat.format.feather.FeatherFormat;

/** Binds the conformance suite to Feather. */
final class FeatherNestedConformanceTest extends FormatConformance {
    FeatherNestedConformanceTest() {
        super("feather-nested.feather", new FeatherFormat());
    }
}
