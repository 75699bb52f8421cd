package io.deltacat.quickstart.replay;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.table.data.RowData;
import org.apache.flink.util.UserCodeClassLoader;

/**
 * Turns the number of a data line, counted from 0, into that line's row. The file is read into memory by {@link #open}.
 * Confined to the source's task thread.
 */
final class ReplayLine implements GeneratorFunction<Long, RowData> {
    private static final long serialVersionUID = 1L;

    private final String file;
    private final DeserializationSchema<RowData> decoder;
    private transient List<String> lines = List.of();

    ReplayLine(String file, DeserializationSchema<RowData> decoder) {
        this.file = file;
        this.decoder = decoder;
    }

    @Override
    public void open(SourceReaderContext context) throws Exception {
        decoder.open(new DecoderContext(context));
        lines = ReplayFile.lines(Path.of(file));
    }

    @Override
    public RowData map(Long number) throws IOException {
        String line = lines.get(Math.toIntExact(number + 1));
        RowData row = decoder.deserialize(line.getBytes(StandardCharsets.UTF_8));
        if (row == null) {
            throw new IOException("File '" + file + "', line " + (number + 2) + " holds no row: '" + line + "'.");
        }
        return row;
    }

    private record DecoderContext(SourceReaderContext reader) implements DeserializationSchema.InitializationContext {
        @Override
        public MetricGroup getMetricGroup() {
            return reader.metricGroup();
        }

        @Override
        public UserCodeClassLoader getUserCodeClassLoader() {
            return reader.getUserCodeClassLoader();
        }
    }
}
