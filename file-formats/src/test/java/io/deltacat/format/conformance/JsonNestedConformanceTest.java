package io.deltacat.format.conformance;

import io.deltacat.format.json.JsonFormat;

/** Binds the conformance suite to JSON lines. */
final class JsonNestedConformanceTest extends FormatConformance {
    JsonNestedConformanceTest() {
        super("json-nested.json.gz", new JsonFormat());
    }

    @Override
    byte[] plain() throws java.io.IOException {
        return write(
                new JsonFormat().uncompressed(),
                table().schema(),
                table().rows(),
                io.deltacat.format.file.WriteOptions.defaults());
    }
}
