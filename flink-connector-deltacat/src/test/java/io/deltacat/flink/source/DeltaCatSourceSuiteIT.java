package io.deltacat.flink.source;

import io.deltacat.client.write.WriteMode;
import io.deltacat.flink.source.reader.ParquetRows;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.connector.testframe.environment.MiniClusterTestEnvironment;
import org.apache.flink.connector.testframe.external.ExternalContextFactory;
import org.apache.flink.connector.testframe.external.ExternalSystemSplitDataWriter;
import org.apache.flink.connector.testframe.external.source.DataStreamSourceExternalContext;
import org.apache.flink.connector.testframe.external.source.TestingSourceSettings;
import org.apache.flink.connector.testframe.junit.annotations.TestContext;
import org.apache.flink.connector.testframe.junit.annotations.TestEnv;
import org.apache.flink.connector.testframe.junit.annotations.TestSemantics;
import org.apache.flink.connector.testframe.testsuites.SourceTestSuiteBase;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.runtime.typeutils.RowDataSerializer;
import org.apache.flink.util.FileUtils;

/** Flink's own test suite for sources, against the local server. */
class DeltaCatSourceSuiteIT extends SourceTestSuiteBase<RowData> {
    @TestSemantics
    CheckpointingMode[] semantics = new CheckpointingMode[] {CheckpointingMode.EXACTLY_ONCE};

    @TestEnv
    MiniClusterTestEnvironment cluster = new MiniClusterTestEnvironment();

    @TestContext
    ExternalContextFactory<TableContext> tables = testName -> new TableContext();

    /** One server and table for one test case. */
    static final class TableContext implements DataStreamSourceExternalContext<RowData> {
        private final RowDataSerializer serializer = new RowDataSerializer(ParquetRows.ROW_TYPE);
        private final Path directory;
        private final SourceTable table;
        private long nextSplit;

        TableContext() {
            try {
                directory = Files.createTempDirectory("deltacat-source-suite");
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
            table = new SourceTable(directory);
        }

        @Override
        public Source<RowData, ?, ?> createSource(TestingSourceSettings settings) {
            return DeltaCatSource.builder()
                    .connection(table.connection())
                    .table(SourceTable.TABLE)
                    .subscription(SourceTable.SUBSCRIPTION)
                    .boundedness(settings.getBoundedness())
                    .discoveryInterval(Duration.ofMillis(50))
                    .build();
        }

        @Override
        public ExternalSystemSplitDataWriter<RowData> createSourceSplitDataWriter(TestingSourceSettings settings) {
            return new ExternalSystemSplitDataWriter<>() {
                @Override
                public void writeRecords(List<RowData> records) {
                    table.write(
                            WriteMode.APPEND,
                            records.stream().map(row -> row.getLong(0)).toList());
                }

                @Override
                public void close() {}
            };
        }

        @Override
        public List<RowData> generateTestData(TestingSourceSettings settings, int splitIndex, long seed) {
            int count = new SplittableRandom(seed).nextInt(50, 300);
            long first = nextSplit++ * 1_000;
            List<RowData> rows = new ArrayList<>();
            for (long id = first; id < first + count; id++) {
                rows.add(serializer
                        .toBinaryRow(GenericRowData.of(id, StringData.fromString("row " + id)))
                        .copy());
            }
            return rows;
        }

        @Override
        public TypeInformation<RowData> getProducedType() {
            return InternalTypeInfo.of(ParquetRows.ROW_TYPE);
        }

        @Override
        public List<URL> getConnectorJarPaths() {
            return List.of();
        }

        @Override
        public void close() throws Exception {
            table.close();
            FileUtils.deleteDirectory(directory.toFile());
        }
    }
}
