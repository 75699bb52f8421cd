package io.deltacat.format.conformance;

import io.deltacat.format.delimited.DelimitedFormat;
import io.deltacat.format.file.FileAppender;
import io.deltacat.format.file.WriteOptions;
import java.io.IOException;
import java.util.List;

/** The conformance suite with plain files for the damage test, since gzip's checksum would catch all damage. */
abstract class DelimitedConformance extends FormatConformance {
    private final DelimitedFormat format;

    DelimitedConformance(String file, DelimitedFormat format) {
        super(file, format);
        this.format = format;
    }

    @Override
    byte[] plain() throws IOException {
        BytesFile target = new BytesFile(null);
        CanonicalTable table = table();
        try (FileAppender<List<Object>> appender = format.uncompressed()
                .openAppender(
                        target,
                        table.schema(),
                        new CanonicalAccessor(table.schema().getFields()),
                        WriteOptions.defaults())) {
            for (List<Object> row : table.rows()) {
                appender.append(row);
            }
            appender.finish();
        }
        return target.content();
    }
}
