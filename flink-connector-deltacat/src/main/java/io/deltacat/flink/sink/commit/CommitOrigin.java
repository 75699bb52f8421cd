package io.deltacat.flink.sink.commit;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.deltacat.client.model.WriteEntry;
import io.deltacat.client.model.WriteEntryBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.flink.annotation.Internal;

/**
 * Where commits come from: what the server is told about it, with each transaction and each file. Immutable.
 *
 * @param sinkId identity of the sink, also the owner of its keyed sessions
 * @param jobId id of the job
 * @param messageTemplate message of transactions, with placeholders in braces
 */
@Internal
public record CommitOrigin(String sinkId, String jobId, String messageTemplate) {
    /** Message of transactions unless the user chose another one. */
    public static final String DEFAULT_MESSAGE = "Flink sink {sink}, checkpoint {checkpoint}, commit {commit}";

    /** Placeholders that a message may have. */
    public static final Set<String> PLACEHOLDERS = Set.of("sink", "job", "checkpoint", "commit", "tables");

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)}");
    private static final int LONGEST_SINK_PART = 40;

    /** Checks that everything is there. */
    public CommitOrigin {
        requireNonNull(sinkId, "sinkId");
        requireNonNull(jobId, "jobId");
        requireNonNull(messageTemplate, "messageTemplate");
    }

    /**
     * Tells whether a message can be made from a template.
     *
     * @param template the template
     * @return false if it is blank or has a placeholder that does not exist
     */
    public static boolean isTemplate(String template) {
        return !template.isBlank()
                && PLACEHOLDER.matcher(template).results().allMatch(found -> PLACEHOLDERS.contains(found.group(1)));
    }

    /**
     * Words the message of one checkpoint.
     *
     * @param checkpointId Flink checkpoint
     * @param commitId id of the commit
     * @param targets deltas of the commit
     * @return one line
     */
    String message(long checkpointId, String commitId, Set<DeltaTarget> targets) {
        Map<String, String> values = Map.of(
                "sink",
                sinkId,
                "job",
                jobId,
                "checkpoint",
                Long.toString(checkpointId),
                "commit",
                commitId,
                "tables",
                targets.stream()
                        .map(target -> target.table().toString())
                        .distinct()
                        .collect(Collectors.joining(" ")));
        return PLACEHOLDER
                .matcher(messageTemplate)
                .replaceAll(found -> Matcher.quoteReplacement(values.getOrDefault(found.group(1), found.group())));
    }

    /**
     * Marks files with where they come from.
     *
     * @param entries files of one checkpoint
     * @param checkpointId that checkpoint
     * @return the same files with properties {@code flink.job-id}, {@code flink.sink-id} and {@code flink.checkpoint-id}
     */
    List<WriteEntry> mark(List<WriteEntry> entries, long checkpointId) {
        return entries.stream()
                .map(entry -> {
                    Map<String, JsonNode> properties = new LinkedHashMap<>();
                    if (entry.properties() != null) {
                        properties.putAll(entry.properties());
                    }
                    properties.put("flink.job-id", JsonNodeFactory.instance.textNode(jobId));
                    properties.put("flink.sink-id", JsonNodeFactory.instance.textNode(sinkId));
                    properties.put("flink.checkpoint-id", JsonNodeFactory.instance.numberNode(checkpointId));
                    return WriteEntryBuilder.builder(entry)
                            .properties(properties)
                            .build();
                })
                .toList();
    }

    /**
     * Gives what the names of all files of this sink in this job start with, and of no others.
     *
     * @return characters that file names may have, at most 90
     */
    public String fileNameStart() {
        String sink = sinkId.replaceAll("[^A-Za-z0-9_-]", "-");
        String shortSink = sink.substring(0, Math.min(sink.length(), LONGEST_SINK_PART));
        return shortSink + "-" + CommitKeys.digest(sinkId).substring(0, 12) + "-" + jobId + "-";
    }
}
