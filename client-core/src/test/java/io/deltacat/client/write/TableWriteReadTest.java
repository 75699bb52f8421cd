package io.deltacat.client.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltacat.client.DeltaCatClient;
import io.deltacat.client.FakeTableServer;
import io.deltacat.client.InvalidRequest;
import io.deltacat.client.StorageFailure;
import io.deltacat.client.TableRef;
import io.deltacat.client.UnknownOutcome;
import io.deltacat.client.filter.Filters;
import io.deltacat.client.http.VirtualPacing;
import io.deltacat.client.read.TableBatches;
import io.deltacat.client.read.TableRows;
import io.deltacat.format.FormatException;
import io.deltacat.format.schema.ArrowSchemas;
import io.deltacat.format.schema.TypeNames;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableWriteReadTest {
    private static final TableRef TABLE = TableRef.of("n", "t");
    private static final Schema SCHEMA = new Schema(List.of(
            TypeNames.field("id", "int64", false),
            TypeNames.field("name", "string", true),
            TypeNames.field("at", "timestamp[us, tz=UTC]", true)));

    @TempDir
    Path root;

    private final VirtualPacing pacing = new VirtualPacing();
    private FakeTableServer server;
    private DeltaCatClient client;

    @BeforeEach
    void start() {
        start(SCHEMA);
    }

    private void start(Schema schema) {
        server = new FakeTableServer(root, ArrowSchemas.toBase64(schema));
        client = DeltaCatClient.builder()
                .uri("http://localhost:1")
                .commitTimeout(Duration.ofSeconds(30))
                .transport(server)
                .pacing(pacing)
                .build();
    }

    @Test
    void rowsComeBackAsTheyWereWritten() {
        List<Map<String, Object>> rows = List.of(
                row(1L, "pen", Instant.parse("2013-01-01T00:00:00.000001Z")), row(2L, null, null), row(3L, "", null));
        WriteOutcome outcome = write().rows(rows);
        assertThat(outcome.rows()).isEqualTo(3);
        assertThat(outcome.files()).isEqualTo(1);
        assertThat(outcome.committedSession()).isPresent();
        assertThat(client.catalog().read(TABLE).toList()).isEqualTo(rows);
    }

    @Test
    void everyTypeComesBackAsItWasWritten() {
        Map<String, Object> row = new LinkedHashMap<>();
        List<Field> fields = new ArrayList<>();
        add(fields, row, "bool", true);
        add(fields, row, "int8", -5);
        add(fields, row, "int16", 300);
        add(fields, row, "int32", 1 << 30);
        add(fields, row, "int64", Long.MAX_VALUE);
        add(fields, row, "float32", 1.5f);
        add(fields, row, "float64", -0.25);
        add(fields, row, "string", "zweiundvierzig ü");
        add(fields, row, "date32", LocalDate.of(1969, 7, 20));
        add(fields, row, "time32[ms]", LocalTime.of(23, 59, 59, 999_000_000));
        add(fields, row, "time64[us]", LocalTime.of(1, 2, 3, 4_000));
        add(fields, row, "timestamp[ms]", LocalDateTime.of(1960, 1, 1, 0, 0, 0, 1_000_000));
        add(fields, row, "timestamp[us]", LocalDateTime.of(2013, 1, 1, 0, 0, 0, 1_000));
        add(fields, row, "timestamp[ns]", LocalDateTime.of(2013, 1, 1, 0, 0, 0, 1));
        add(fields, row, "timestamp[us, tz=UTC]", Instant.parse("1969-12-31T23:59:59.999999Z"));
        addField(fields, row, new ArrowType.Decimal(10, 2, 128), List.of(), new BigDecimal("-12.30"));
        addField(fields, row, new ArrowType.Decimal(38, 3, 128), List.of(), new BigDecimal("12345678901234567890.125"));
        addField(fields, row, ArrowType.List.INSTANCE, List.of(TypeNames.field("item", "int32", true)), List.of(1, 2));
        addField(
                fields,
                row,
                ArrowType.Struct.INSTANCE,
                List.of(TypeNames.field("a", "string", true), TypeNames.field("b", "int64", true)),
                Map.of("a", "x", "b", 7L));
        Field entries = new Field(
                "entries",
                FieldType.notNullable(ArrowType.Struct.INSTANCE),
                List.of(TypeNames.field("key", "string", false), TypeNames.field("value", "float64", true)));
        addField(fields, row, new ArrowType.Map(false), List.of(entries), Map.of("k", 0.5));
        start(new Schema(fields));
        Map<String, Object> nothing = new LinkedHashMap<>();
        row.keySet().forEach(name -> nothing.put(name, null));
        write().rows(List.of(row, nothing));
        assertThat(client.catalog().read(TABLE).toList()).isEqualTo(List.of(row, nothing));
        write().rows(List.of(nothing, row, nothing, row));
        assertThat(client.catalog()
                        .read(TABLE)
                        .where(Filters.not(Filters.isNull("c0")))
                        .toList())
                .isEqualTo(List.of(row, row, row));
    }

    @Test
    void binaryComesBackAsItWasWritten() {
        start(new Schema(List.of(TypeNames.field("b", "binary", true))));
        write().rows(List.of(Map.of("b", new byte[] {0, -1, 7})));
        assertThat((byte[]) client.catalog().read(TABLE).toList().get(0).get("b"))
                .containsExactly(0, -1, 7);
    }

    @Test
    void projectionsAreReadInTheOrderWanted() {
        write().rows(List.of(row(1L, "pen", null)));
        assertThat(client.catalog().read(TABLE).columns("name", "id").toList().get(0))
                .containsExactly(Map.entry("name", "pen"), Map.entry("id", 1L));
        assertThatThrownBy(() -> client.catalog().read(TABLE).columns("nope").toList())
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("'nope'")
                .hasMessageContaining("[id, name, at]");
    }

    @Test
    void batchesAreBoundedAndTheirColumnsTyped() {
        write().rows(rows(0, 1_000));
        try (TableBatches batches = client.catalog()
                .read(TABLE)
                .columns("id")
                .batchLimits(64, 1 << 20)
                .openBatches()) {
            int rows = 0;
            while (batches.next()) {
                assertThat(batches.batch().size()).isBetween(1, 64);
                rows += batches.batch().size();
            }
            assertThat(rows).isEqualTo(1_000);
            assertThat(batches.next()).isFalse();
        }
    }

    @Test
    void filesRollBySizeUnderUniqueNames() throws Exception {
        WriteOutcome first = write().targetFileBytes(1).rows(rows(0, 3));
        WriteOutcome second = write().targetFileBytes(1).rows(rows(3, 5));
        assertThat(first.files()).isEqualTo(3);
        assertThat(second.files()).isEqualTo(2);
        assertThat(dataFiles())
                .hasSize(5)
                .allMatch(name -> name.matches("w-[0-9a-f]{12}-[0-9a-f]{20}-\\d{5}\\.parquet"));
        assertThat(ids()).containsExactly(0L, 1L, 2L, 3L, 4L);
    }

    @Test
    void aLostCommitReplyNeitherLosesNorDoublesRows() {
        server.loseReplyOf("/commit");
        write().rows(rows(0, 10));
        assertThat(server.commitCount()).isEqualTo(1);
        assertThat(ids()).hasSize(10);
        assertThat(server.log()).noneMatch(line -> line.endsWith("/abort"));
    }

    @Test
    void aLostCommitRequestIsSentAgain() {
        server.loseRequestOf("/commit");
        write().rows(rows(0, 10));
        assertThat(server.commitCount()).isEqualTo(1);
        assertThat(ids()).hasSize(10);
    }

    @Test
    void aLostOpenReplyFindsTheSameSession() {
        server.loseReplyOf("/write-sessions");
        write().rows(rows(0, 1));
        assertThat(server.status("ws0")).isEqualTo("COMMITTED");
        assertThat(server.log())
                .filteredOn(line -> line.endsWith("/write-sessions"))
                .hasSize(2);
    }

    @Test
    void closingWithoutCommitAbortsAndRemovesTheFiles() throws Exception {
        try (TableWriter<Map<String, ?>> writer = write().targetFileBytes(1).open()) {
            writer.append(row(1L, "a", null));
            writer.append(row(2L, "b", null));
            assertThat(dataFiles()).hasSize(2);
        }
        assertThat(server.status("ws0")).isEqualTo("ABORTED");
        assertThat(dataFiles()).isEmpty();
        assertThat(client.catalog().read(TABLE).toList()).isEmpty();
    }

    @Test
    void anUnknownOutcomeIsLeftAloneAndCanBeSettledLater() throws Exception {
        TableWriter<Map<String, ?>> writer = write().open();
        writer.append(row(1L, "a", null));
        server.loseReplyOf("/commit");
        pacing.interruptAtPause(pacing.pauses().size());
        assertThatThrownBy(writer::commit).isInstanceOf(UnknownOutcome.class);
        assertThat(Thread.interrupted()).isTrue();
        pacing.interruptAtPause(-1);
        assertThat(writer.commit().rows()).isEqualTo(1);
        writer.close();
        assertThat(server.commitCount()).isEqualTo(1);
        assertThat(server.log()).noneMatch(line -> line.endsWith("/abort"));
        assertThat(dataFiles()).hasSize(1);
    }

    @Test
    void closingAnUnknownOutcomeAbortsNothing() throws Exception {
        TableWriter<Map<String, ?>> writer = write().open();
        writer.append(row(1L, "a", null));
        server.loseReplyOf("/commit");
        pacing.interruptAtPause(pacing.pauses().size());
        assertThatThrownBy(writer::commit).isInstanceOf(UnknownOutcome.class);
        assertThat(Thread.interrupted()).isTrue();
        writer.close();
        assertThat(server.log()).noneMatch(line -> line.endsWith("/abort"));
        assertThat(dataFiles()).hasSize(1);
    }

    @Test
    void noRowsCommitNothing() {
        WriteOutcome outcome = write().rows(List.of());
        assertThat(outcome.rows()).isZero();
        assertThat(outcome.committedSession()).isEmpty();
        assertThat(server.commitCount()).isZero();
        assertThat(server.status("ws0")).isEqualTo("ABORTED");
    }

    @Test
    void rowsThatDoNotFitAreRefusedByColumnAndNothingIsCommitted() throws Exception {
        assertThatThrownBy(() -> write().rows(List.of(row(1L, "a", null), Map.of("id", "two"))))
                .isInstanceOf(FormatException.InvalidRow.class)
                .hasMessageContaining("column 'id'")
                .hasMessageContaining("row 1")
                .hasMessageContaining("'two'");
        assertThatThrownBy(() -> write().rows(List.of(Map.of("id", 1L, "colour", "red"))))
                .isInstanceOf(FormatException.InvalidRow.class)
                .hasMessageContaining("'colour'");
        assertThatThrownBy(() -> write().rows(List.of(Map.of("name", "no id"))))
                .isInstanceOf(FormatException.InvalidRow.class)
                .hasMessageContaining("'id'");
        assertThat(server.commitCount()).isZero();
        assertThat(dataFiles()).isEmpty();
    }

    @Test
    void aFailedWriterCannotCommit() {
        try (TableWriter<Map<String, ?>> writer = write().open()) {
            assertThatThrownBy(() -> writer.append(Map.of("id", "x"))).isInstanceOf(FormatException.class);
            assertThatThrownBy(writer::commit).isInstanceOf(IllegalStateException.class);
        }
        assertThat(server.commitCount()).isZero();
    }

    @Test
    void longWritesKeepTheirSessionAlive() {
        try (TableWriter<Map<String, ?>> writer = write().open()) {
            for (int i = 0; i < 4_096; i++) {
                pacing.advance(Duration.ofSeconds(1));
                writer.append(row((long) i, null, null));
            }
            writer.commit();
        }
        assertThat(server.log()).filteredOn(line -> line.endsWith("/heartbeat")).hasSizeBetween(3, 5);
        assertThat(server.commitCount()).isEqualTo(1);
    }

    @Test
    void aPagedReadSeesOneSnapshot() {
        for (int i = 0; i < 5; i++) {
            write().rows(rows(i, i + 1));
        }
        server.filesPerPage(2);
        AtomicInteger plans = new AtomicInteger();
        // the first plan only shows that paging is needed; the snapshot is taken after it
        server.betweenPages(() -> {
            if (plans.incrementAndGet() > 1) {
                server.repeatCommit(0);
            }
        });
        assertThat(ids()).containsExactly(0L, 1L, 2L, 3L, 4L);
        server.betweenPages(() -> {});
        assertThat(ids()).hasSizeGreaterThan(5);
    }

    @Test
    void aReadAsOfATimeSeesWhatWasThere() {
        write().rows(rows(0, 1));
        assertThat(client.catalog().read(TABLE).asOf(Instant.EPOCH).toList()).isEmpty();
        assertThat(client.catalog().read(TABLE).asOf(Instant.ofEpochSecond(1)).toList())
                .hasSize(1);
    }

    @Test
    void missingAndBrokenFilesAreNamed() throws Exception {
        write().rows(rows(0, 10));
        Path file = root.resolve("data").resolve(dataFiles().get(0));
        Files.write(file, new byte[] {1, 2, 3});
        assertThatThrownBy(() -> client.catalog().read(TABLE).toList())
                .isInstanceOf(FormatException.CorruptFile.class)
                .hasMessageContaining(file.toString());
        Files.delete(file);
        assertThatThrownBy(() -> client.catalog().read(TABLE).toList())
                .isInstanceOf(StorageFailure.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("does not exist");
    }

    private TableWrite write() {
        return client.catalog().write(TABLE).mode(WriteMode.APPEND);
    }

    private List<Object> ids() {
        List<Object> ids = new ArrayList<>();
        try (TableRows rows = client.catalog().read(TABLE).columns("id").openRows()) {
            rows.forEachRemaining(row -> ids.add(row.get("id")));
        }
        return ids;
    }

    private List<String> dataFiles() throws IOException {
        Path data = root.resolve("data");
        if (!Files.exists(data)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(data)) {
            return files.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    private static List<Map<String, Object>> rows(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> row((long) i, "row " + i, null))
                .toList();
    }

    private static Map<String, Object> row(Long id, String name, Instant at) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", id);
        row.put("name", name);
        row.put("at", at);
        return row;
    }

    private static void add(List<Field> fields, Map<String, Object> row, String type, Object value) {
        String name = "c" + fields.size();
        fields.add(TypeNames.field(name, type, true));
        row.put(name, value);
    }

    private static void addField(
            List<Field> fields, Map<String, Object> row, ArrowType type, List<Field> children, Object value) {
        String name = "c" + fields.size();
        fields.add(new Field(name, FieldType.nullable(type), children));
        row.put(name, value);
    }
}
