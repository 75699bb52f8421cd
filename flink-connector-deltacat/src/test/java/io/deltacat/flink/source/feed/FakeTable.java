package io.deltacat.flink.source.feed;

import io.deltacat.client.Page;
import io.deltacat.client.model.DataFile;
import io.deltacat.client.model.DataFileBuilder;
import io.deltacat.client.model.DataRootInfoBuilder;
import io.deltacat.client.model.DeltaDetail;
import io.deltacat.client.model.DeltaDetailBuilder;
import io.deltacat.client.model.Manifest;
import io.deltacat.client.model.ManifestEntry;
import io.deltacat.client.model.ManifestEntryBuilder;
import io.deltacat.client.model.PartitionSummary;
import io.deltacat.client.model.PartitionSummaryBuilder;
import io.deltacat.client.model.ReadPlan;
import io.deltacat.client.model.ReadPlanBuilder;
import io.deltacat.client.model.ScanTask;
import io.deltacat.client.model.ScanTaskBuilder;
import io.deltacat.client.model.TableDescription;
import io.deltacat.client.model.TableDescriptionBuilder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A small correct table in memory: ordered and add deltas in partitions, listings with pages and pinned tokens, plans as of a
 * time. Files hold consecutive row numbers, so that a test can fold what was read.
 */
public final class FakeTable implements TableAccess {
    private final RandomGenerator random;
    private final Map<PartitionRef, List<Delta>> partitions = new LinkedHashMap<>();
    private final Map<String, List<Long>> rowsOfFile = new LinkedHashMap<>();
    private String streamId = "stream-1";
    private long clock = 1_000;
    private long nextRow;
    private int nextFile;
    private int requests;
    private String pathPrefix = "/data/";

    /** One committed delta. */
    record Delta(DeltaKind kind, long position, @Nullable Long previous, List<String> files, long commitTime) {}

    /**
     * Builds an empty table.
     *
     * @param random positions of add deltas and the order of plans
     */
    public FakeTable(RandomGenerator random) {
        this.random = random;
    }

    /** Returns a partition, made on first use. */
    public PartitionRef partition(String id) {
        PartitionRef ref = new PartitionRef(streamId, id);
        partitions.computeIfAbsent(ref, key -> new ArrayList<>());
        return ref;
    }

    /** Commits an ordered delta with files of so many rows each. */
    public DeltaRef append(PartitionRef partition, int... rowsPerFile) {
        long previous = lastOrdered(partition);
        return commit(partition, DeltaKind.APPEND, previous + 1, previous == 0 ? null : previous, rowsPerFile);
    }

    /** Commits a delta of another kind at the next ordered position. */
    public DeltaRef commitKind(PartitionRef partition, DeltaKind kind, int... rowsPerFile) {
        return commit(partition, kind, lastOrdered(partition) + 1, null, rowsPerFile);
    }

    /** Commits an add delta. */
    public DeltaRef add(PartitionRef partition, int... rowsPerFile) {
        long position = random.nextLong(DeltaRef.LAST_ORDERED_POSITION + 1, Long.MAX_VALUE);
        return commit(partition, DeltaKind.ADD, position, null, rowsPerFile);
    }

    /** Takes a delta away, as retention does. */
    public void drop(DeltaRef delta) {
        clock++;
        deltas(delta.partition()).removeIf(candidate -> candidate.position() == delta.position());
    }

    /** Puts a new partition with new ids in place of all others, as a replace does. */
    public void replaceStream(String newStreamId) {
        clock++;
        partitions.clear();
        streamId = newStreamId;
    }

    /** Lists file urls with another prefix than plans, such as a named root. */
    public void listPathsAs(String prefix) {
        pathPrefix = prefix;
    }

    /** Returns the rows of a file of a plan or listing. */
    public List<Long> rows(String path) {
        return rowsOfFile.getOrDefault(path.substring(path.lastIndexOf('/') + 1), List.of());
    }

    /** Returns the rows of all deltas that a cursor covers. */
    public List<Long> rowsCovered(PartitionRef partition, PartitionCursor cursor) {
        List<Long> rows = new ArrayList<>();
        for (Delta delta : deltas(partition)) {
            if (cursor.covers(delta.kind(), delta.position())) {
                delta.files().forEach(file -> rows.addAll(rows(file)));
            }
        }
        return rows;
    }

    /** Returns all rows committed so far. */
    public long rowsCommitted() {
        return nextRow;
    }

    /** Returns the requests made so far. */
    public int requests() {
        return requests;
    }

    @Override
    public String tableName() {
        return "ns.t";
    }

    @Override
    public TableDescription describe() {
        requests++;
        return TableDescriptionBuilder.builder()
                .tableName("t")
                .streamId(streamId)
                .tableVersion("1")
                .build();
    }

    @Override
    public ReadPlan metadata() {
        requests++;
        return plan(List.of(), false, null);
    }

    @Override
    public List<PartitionSummary> partitions(String stream) {
        requests++;
        List<PartitionSummary> summaries = new ArrayList<>();
        for (PartitionRef partition : partitions.keySet()) {
            if (partition.streamId().equals(stream)) {
                summaries.add(PartitionSummaryBuilder.builder()
                        .streamId(stream)
                        .partitionId(partition.partitionId())
                        .streamPosition(lastOrdered(partition))
                        .build());
            }
        }
        return summaries;
    }

    @Override
    public Page<DeltaDetail> deltas(
            PartitionRef partition,
            long firstPosition,
            long lastPosition,
            ListingDetail detail,
            int limit,
            @Nullable String pageToken) {
        requests++;
        String[] token = pageToken == null ? new String[] {Long.toString(clock), "0"} : pageToken.split(":");
        long asOf = Long.parseLong(token[0]);
        int offset = Integer.parseInt(token[1]);
        List<Delta> all = deltas(partition).stream()
                .filter(delta -> delta.commitTime() < asOf || pageToken == null)
                .filter(delta -> delta.position() >= firstPosition && delta.position() <= lastPosition)
                .sorted(Comparator.comparingLong(Delta::position))
                .toList();
        List<DeltaDetail> items = all.stream()
                .skip(offset)
                .limit(limit)
                .map(delta -> detail(partition, delta, detail))
                .toList();
        boolean more = offset + items.size() < all.size();
        return new Page<>(items, more ? (clock + 1) + ":" + (offset + items.size()) : null);
    }

    @Override
    public ReadPlan plan(long asOfNanos, long fileOffset, int maxFiles) {
        requests++;
        List<Located> files = new ArrayList<>();
        partitions.forEach((partition, deltas) -> {
            for (Delta delta : planOrder(deltas)) {
                if (delta.commitTime() < asOfNanos) {
                    delta.files().forEach(file -> files.add(new Located(partition, delta, file)));
                }
            }
        });
        int from = (int) Math.min(fileOffset, files.size());
        int to = (int) Math.min((long) from + maxFiles, files.size());
        boolean truncated = to < files.size();
        return plan(files.subList(from, to), truncated, truncated ? (long) to : null);
    }

    @Override
    public long snapshotTimeNanos() {
        requests++;
        return ++clock;
    }

    private DeltaRef commit(
            PartitionRef partition, DeltaKind kind, long position, @Nullable Long previous, int... rowsPerFile) {
        List<String> files = new ArrayList<>();
        for (int rows : rowsPerFile) {
            String file = "f-" + nextFile++ + ".parquet";
            List<Long> numbers = new ArrayList<>();
            for (int i = 0; i < rows; i++) {
                numbers.add(nextRow++);
            }
            rowsOfFile.put(file, numbers);
            files.add(file);
        }
        deltas(partition).add(new Delta(kind, position, previous, files, clock++));
        return new DeltaRef(partition, position);
    }

    private List<Delta> deltas(PartitionRef partition) {
        return partitions.computeIfAbsent(partition, key -> new ArrayList<>());
    }

    private long lastOrdered(PartitionRef partition) {
        return deltas(partition).stream()
                .filter(delta -> delta.kind().ordered())
                .mapToLong(Delta::position)
                .max()
                .orElse(0);
    }

    /** Some fixed order that is not the order of positions. */
    private static List<Delta> planOrder(List<Delta> deltas) {
        return deltas.stream()
                .sorted(Comparator.comparingLong((Delta delta) -> (delta.position() * 0x9E3779B97F4A7C15L) >>> 16))
                .toList();
    }

    private DeltaDetail detail(PartitionRef partition, Delta delta, ListingDetail detail) {
        List<ManifestEntry> entries = delta.files().stream()
                .map(file -> ManifestEntryBuilder.builder()
                        .url(pathPrefix + file)
                        .recordCount((long) rows(file).size())
                        .contentLength(rows(file).size() * 8L)
                        .contentType("application/parquet")
                        .build())
                .toList();
        return DeltaDetailBuilder.builder()
                .streamId(partition.streamId())
                .partitionId(partition.partitionId())
                .streamPosition(delta.position())
                .previousStreamPosition(delta.previous())
                .deltaType(delta.kind().wireName())
                .manifest(
                        detail == ListingDetail.FILES ? new Manifest(null, null, entries, entries.size(), null) : null)
                .build();
    }

    private ReadPlan plan(List<Located> files, boolean truncated, @Nullable Long next) {
        Map<DeltaRef, List<Located>> byDelta = new LinkedHashMap<>();
        for (Located file : files) {
            byDelta.computeIfAbsent(new DeltaRef(file.partition(), file.delta().position()), key -> new ArrayList<>())
                    .add(file);
        }
        List<ScanTask> tasks = new ArrayList<>();
        byDelta.forEach((ref, located) -> tasks.add(ScanTaskBuilder.builder()
                .streamId(ref.partition().streamId())
                .partitionId(ref.partition().partitionId())
                .streamPosition(ref.position())
                .deltaType(located.get(0).delta().kind().wireName())
                .files(located.stream().map(this::dataFile).toList())
                .build()));
        return ReadPlanBuilder.builder()
                .namespace("ns")
                .table("t")
                .contentType("parquet")
                .scanTasks(tasks)
                .truncated(truncated)
                .nextFileOffset(next)
                .returnedFiles(files.size())
                .snapshotId("snapshot-" + fingerprint())
                .dataRoots(new TreeMap<>(Map.of(
                        "main", DataRootInfoBuilder.builder().root("/data").build())))
                .build();
    }

    private DataFile dataFile(Located located) {
        return DataFileBuilder.builder()
                .path("/data/" + located.file())
                .contentType("parquet")
                .contentLength(rows(located.file()).size() * 8L)
                .recordCount(rows(located.file()).size())
                .build();
    }

    private int fingerprint() {
        return partitions.hashCode();
    }

    /** One file with its delta. */
    private record Located(PartitionRef partition, Delta delta, String file) {}
}
