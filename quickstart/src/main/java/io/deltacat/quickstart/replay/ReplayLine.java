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
 * Turns the number of an emission, counted from 0, into the row of its line, with the step as first value if there are
 * several. The file is read into memory by {@link #open}.
 * Confined to the source's task thread.
 */
final class ReplayLine implements GeneratorFunction<Long, RowData> {
    private static final long serialVersionUID = 1L;

    private final String file;
    private final ReplayOrder order;
    private final DeserializationSchema<RowData> decoder;
    private transient List<String> lines = List.of();

    ReplayLine(String file, ReplayOrder order, DeserializationSchema<RowData> decoder) {
        this.file = file;
        this.order = order;
        this.decoder = decoder;
    }

    @Override
    public void open(SourceReaderContext context) throws Exception {
        decoder.open(new DecoderContext(context));
        lines = ReplayFile.lines(Path.of(file));
    }

    @Override
    public RowData map(Long number) throws IOException {
        ReplayOrder.Position position = order.at(number);
        String line = lines.get(Math.toIntExact(position.line() + 1));
        String values = order.steps() == 1 ? line : position.step() + "," + line;
        RowData row = decoder.deserialize(values.getBytes(StandardCharsets.UTF_8));
        if (row == null) {
            throw new IOException(
                    "File '" + file + "', line " + (position.line() + 2) + " holds no row: '" + line + "'.");
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
