package io.deltacat.format.conformance;

import io.deltacat.format.delimited.DelimitedFormat;
import io.deltacat.format.file.WriteOptions;
import java.io.IOException;

/** The conformance suite with plain files for the damage test, since gzip's checksum would catch all damage. */
abstract class DelimitedConformance extends FormatConformance {
    private final DelimitedFormat format;

    DelimitedConformance(String file, DelimitedFormat format) {
        super(file, format);
        this.format = format;
    }

    @Override
    byte[] plain() throws IOException {
        return write(format.uncompressed(), table().schema(), table().rows(), WriteOptions.defaults());
    }
}
