package io.deltacat.format.conformance;

import io.deltacat.format.avro.AvroFormat;

/** Binds the conformance suite to Avro. */
final class AvroScalarsConformanceTest extends FormatConformance {
    AvroScalarsConformanceTest() {
        super("avro-scalars.avro", new AvroFormat());
    }
}
