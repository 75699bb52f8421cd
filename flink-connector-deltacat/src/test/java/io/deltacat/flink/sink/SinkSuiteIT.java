package io.deltacat.flink.sink;

import io.deltacat.flink.sink.commit.PreparedCheckpoint;
import io.deltacat.flink.sink.commit.WrittenFiles;
import io.deltacat.server.LocalServer;
import io.deltacat.server.LocalServerOptions;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.connector.testframe.environment.MiniClusterTestEnvironment;
import org.apache.flink.connector.testframe.external.ExternalSystemDataReader;
import org.apache.flink.connector.testframe.external.sink.DataStreamSinkV2ExternalContext;
import org.apache.flink.connector.testframe.external.sink.TestingSinkSettings;
import org.apache.flink.connector.testframe.junit.annotations.TestContext;
import org.apache.flink.connector.testframe.junit.annotations.TestEnv;
import org.apache.flink.connector.testframe.junit.annotations.TestSemantics;
import org.apache.flink.connector.testframe.testsuites.SinkTestSuiteBase;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessage;
import org.apache.flink.streaming.api.connector.sink2.SupportsPreCommitTopology;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.table.data.RowData;

/** Flink's own suite for sinks, against the local server. */
class SinkSuiteIT extends SinkTestSuiteBase<Long> {
    @TestSemantics
    CheckpointingMode[] semantics = {CheckpointingMode.EXACTLY_ONCE};

    @TestEnv
    MiniClusterTestEnvironment environment = new MiniClusterTestEnvironment();

    @TestContext
    org.apache.flink.connector.testframe.external.ExternalContextFactory<LocalServerContext> context =
            testName -> new LocalServerContext();

    /** A server with one table, for one test. */
    static final class LocalServerContext implements DataStreamSinkV2ExternalContext<Long> {
        private final Path directory;
        private final LocalServer server;
        private final SinkTable table;

        LocalServerContext() {
            try {
                directory = Files.createTempDirectory("sink-suite");
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            server = LocalServer.start(LocalServerOptions.builder()
                    .dataDirectory(directory)
                    .durability(LocalServerOptions.Durability.PROCESS_DEATH)
                    .build());
            table = new SinkTable(server.uri());
            table.create();
        }

        /** The suite runs an unbounded job without checkpoints, up to a savepoint. */
        @Override
        public Sink<Long> createSink(TestingSinkSettings settings) {
            return new NumberSink(table.sink().commitBySavepointOnly().build());
        }

        @Override
        public ExternalSystemDataReader<Long> createSinkDataReader(TestingSinkSettings settings) {
            return new ExternalSystemDataReader<>() {
                private int seen;

                @Override
                public List<Long> poll(Duration timeout) {
                    List<Long> ids = table.ids();
                    List<Long> news = ids.subList(Math.min(seen, ids.size()), ids.size());
                    seen = ids.size();
                    return news;
                }

                @Override
                public void close() {}
            };
        }

        @Override
        public List<Long> generateTestData(TestingSinkSettings settings, long seed) {
            return LongStream.range(0, 200).boxed().toList();
        }

        @Override
        public TypeInformation<Long> getProducedType() {
            return Types.LONG;
        }

        @Override
        public List<URL> getConnectorJarPaths() {
            return List.of();
        }

        @Override
        public void close() throws IOException {
            table.close();
            server.close();
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /** The suite wants comparable elements, which rows are not. */
    private record NumberSink(DeltaCatSink sink)
            implements Sink<Long>,
                    SupportsCommitter<PreparedCheckpoint>,
                    SupportsPreCommitTopology<WrittenFiles, PreparedCheckpoint> {
        private static final long serialVersionUID = 1L;

        @Override
        public SinkWriter<Long> createWriter(WriterInitContext context) {
            return new NumberWriter(sink.createWriter(context));
        }

        @Override
        public Committer<PreparedCheckpoint> createCommitter(CommitterInitContext context) {
            return sink.createCommitter(context);
        }

        @Override
        public SimpleVersionedSerializer<PreparedCheckpoint> getCommittableSerializer() {
            return sink.getCommittableSerializer();
        }

        @Override
        public DataStream<CommittableMessage<PreparedCheckpoint>> addPreCommitTopology(
                DataStream<CommittableMessage<WrittenFiles>> written) {
            return sink.addPreCommitTopology(written);
        }

        @Override
        public SimpleVersionedSerializer<WrittenFiles> getWriteResultSerializer() {
            return sink.getWriteResultSerializer();
        }
    }

    private record NumberWriter(SinkWriter<RowData> rows) implements CommittingSinkWriter<Long, WrittenFiles> {
        @Override
        public void write(Long element, Context context) throws IOException, InterruptedException {
            rows.write(SinkTable.row(element), context);
        }

        @Override
        public void flush(boolean endOfInput) throws IOException, InterruptedException {
            rows.flush(endOfInput);
        }

        @Override
        @SuppressWarnings("unchecked")
        public Collection<WrittenFiles> prepareCommit() throws IOException, InterruptedException {
            return ((CommittingSinkWriter<RowData, WrittenFiles>) rows).prepareCommit();
        }

        @Override
        public void close() throws Exception {
            rows.close();
        }
    }
}
