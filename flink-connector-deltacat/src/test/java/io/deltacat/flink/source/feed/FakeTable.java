package io.deltacat.flink.source.feed;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.deltacat.client.FailureContextBuilder;
import io.deltacat.client.NotFound;
import io.deltacat.client.Page;
import io.deltacat.client.model.DataFile;
import io.deltacat.client.model.DataFileBuilder;
import io.deltacat.client.model.DataRootInfoBuilder;
import io.deltacat.client.model.DeltaDetail;
import io.deltacat.client.model.DeltaDetailBuilder;
import io.deltacat.client.model.Manifest;
import io.deltacat.client.model.ManifestEntry;
import io.deltacat.client.model.ManifestEntryBuilder;
import io.deltacat.client.model.PartitionDetail;
import io.deltacat.client.model.PartitionDetailBuilder;
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
import java.util.Optional;
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
    private final Map<PartitionRef, List<Delta>> ended = new LinkedHashMap<>();
    private final Map<PartitionRef, Long> bornAt = new LinkedHashMap<>();
    private final Map<PartitionRef, Long> endedAt = new LinkedHashMap<>();
    private final Map<PartitionRef, PartitionRef> previous = new LinkedHashMap<>();
    private final Map<PartitionRef, Long> compactedAt = new LinkedHashMap<>();
    private final Map<String, List<Long>> rowsOfFile = new LinkedHashMap<>();
    private String streamId = "stream-1";
    private long clock = 1_000;
    private long nextRow;
    private int nextFile;
    private int requests;
    private List<String> mergeKeys = List.of();
    private int nextPartition;
    private boolean describesPartitions = true;
    private boolean marksCompactions = true;
    private boolean keepsEnded = true;
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
        deltas(ref);
        return ref;
    }

    /** Gives the table merge keys. */
    public void mergesBy(String... columns) {
        mergeKeys = List.of(columns);
    }

    /** Answers no questions about single partitions, as old servers. */
    public void describesNoPartitions() {
        describesPartitions = false;
    }

    /** Leaves the marker of compactions out. */
    public void marksNoCompactions() {
        marksCompactions = false;
    }

    /** Forgets partitions when they end. */
    public void forgetsEnded() {
        keepsEnded = false;
    }

    /**
     * Compacts a partition: ordered deltas up to a position and all add deltas but some become one delta of a new partition;
     * everything else is carried over.
     *
     * @return the new partition
     */
    public PartitionRef compact(PartitionRef partition, long upTo, int addsCarriedOver) {
        List<Delta> all = deltas(partition);
        List<Delta> absorbed = new ArrayList<>();
        List<Delta> carried = new ArrayList<>();
        int adds = 0;
        long lowest = all.stream()
                .filter(delta -> delta.kind().ordered())
                .mapToLong(Delta::position)
                .min()
                .orElse(0);
        for (Delta delta : all) {
            boolean keep =
                    delta.kind().ordered() ? delta.position() > Math.max(upTo, lowest) : adds++ < addsCarriedOver;
            (keep ? carried : absorbed).add(delta);
        }
        long highest = absorbed.stream()
                .filter(delta -> delta.kind().ordered())
                .mapToLong(Delta::position)
                .max()
                .orElse(0);
        long position = carried.stream().anyMatch(delta -> delta.kind().ordered())
                ? Math.max(1, highest)
                : Math.max(highest, compactedAt.getOrDefault(partition, 0L) + 1);
        String file = "f-" + nextFile++ + ".parquet";
        List<Long> rows = new ArrayList<>();
        absorbed.forEach(delta -> delta.files().forEach(name -> rows.addAll(rows(name))));
        rowsOfFile.put(file, rows);
        PartitionRef next = endAndReplace(partition);
        compactedAt.put(next, position);
        deltas(next).add(new Delta(DeltaKind.APPEND, position, null, List.of(file), clock));
        deltas(next).addAll(carried);
        clock++;
        return next;
    }

    /** Replaces a partition by an empty one, as replace_partition does. */
    public PartitionRef replacePartition(PartitionRef partition) {
        PartitionRef next = endAndReplace(partition);
        clock++;
        return next;
    }

    private PartitionRef endAndReplace(PartitionRef partition) {
        List<Delta> all = deltas(partition);
        partitions.remove(partition);
        endedAt.put(partition, clock);
        if (keepsEnded) {
            ended.put(partition, all);
        }
        PartitionRef next = new PartitionRef(streamId, partition.partitionId() + "." + ++nextPartition);
        previous.put(next, partition);
        partitions.put(next, new ArrayList<>());
        bornAt.put(next, clock);
        return next;
    }

    /** Returns the position up to which a partition has ordered deltas. */
    public long lastPosition(PartitionRef partition) {
        return lastOrdered(partition);
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
        partitions.keySet().forEach(partition -> endedAt.put(partition, clock));
        ended.putAll(partitions);
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
        if (!partitions.containsKey(partition) && !ended.containsKey(partition)) {
            return rows;
        }
        for (Delta delta : deltas(partition)) {
            if (cursor.covers(delta.kind(), delta.position())) {
                delta.files().forEach(file -> rows.addAll(rows(file)));
            }
        }
        return rows;
    }

    /** Returns the rows of the largest file. */
    public int largestFile() {
        return rowsOfFile.values().stream().mapToInt(List::size).max().orElse(0);
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
                .mergeKeys(mergeKeys)
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
                        .previousPartitionId(previousId(partition))
                        .partitionValues(List.of(root(partition)))
                        .build());
            }
        }
        return summaries;
    }

    @Override
    public Optional<PartitionDetail> partition(PartitionRef partition) {
        requests++;
        if (!describesPartitions || (!partitions.containsKey(partition) && !ended.containsKey(partition))) {
            return Optional.empty();
        }
        Long position = marksCompactions ? compactedAt.get(partition) : null;
        return Optional.of(PartitionDetailBuilder.builder()
                .streamId(partition.streamId())
                .partitionId(partition.partitionId())
                .previousPartitionId(previousId(partition))
                .partitionValues(List.of(root(partition)))
                .compactionRoundCompletionInfo(
                        position == null
                                ? null
                                : JsonNodeFactory.instance.objectNode().put("highWatermark", position))
                .build());
    }

    private @Nullable String previousId(PartitionRef partition) {
        PartitionRef before = previous.get(partition);
        return before == null ? null : before.partitionId();
    }

    private String root(PartitionRef partition) {
        PartitionRef before = previous.get(partition);
        return before == null ? partition.partitionId() : root(before);
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
        if (!partitions.containsKey(partition) && !ended.containsKey(partition)) {
            throw new NotFound(FailureContextBuilder.builder()
                    .code("partition_not_found")
                    .problem("partition " + partition + " does not exist")
                    .cure("List the partitions.")
                    .build());
        }
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
    public ReadPlan plan(long asOfNanos, long fileOffset, int maxFiles, @Nullable PartitionRef only) {
        requests++;
        List<Located> files = new ArrayList<>();
        Map<PartitionRef, List<Delta>> visible = new TreeMap<>(partitions);
        visible.putAll(ended);
        visible.forEach((partition, deltas) -> {
            if ((only != null && !only.equals(partition))
                    || bornAt.getOrDefault(partition, 0L) >= asOfNanos
                    || endedAt.getOrDefault(partition, Long.MAX_VALUE) < asOfNanos) {
                return;
            }
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
        List<Delta> old = ended.get(partition);
        return old != null ? old : partitions.computeIfAbsent(partition, key -> new ArrayList<>());
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

    @Override
    public String toString() {
        return "live " + partitions + " ended " + ended.keySet();
    }

    private int fingerprint() {
        return partitions.hashCode();
    }

    /** One file with its delta. */
    private record Located(PartitionRef partition, Delta delta, String file) {}
}
