package io.deltacat.format.conformance;

import io.deltacat.format.avro.AvroFormat;

/** Binds the conformance suite to Avro. */
final class AvroNestedConformanceTest extends FormatConformance {
    AvroNestedConformanceTest() {
        super("avro-nested.avro", new AvroFormat());
    }
}
