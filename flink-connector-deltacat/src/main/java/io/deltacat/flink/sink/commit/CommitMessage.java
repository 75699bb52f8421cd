package io.deltacat.flink.sink.commit;

import org.apache.flink.annotation.Internal;

/** Words the message that the server keeps with a transaction. Stateless. */
@Internal
final class CommitMessage {
    private CommitMessage() {}

    /**
     * Words the message of one checkpoint.
     *
     * @param sinkId identity of the sink
     * @param checkpointId Flink checkpoint
     * @param commitId id of the commit
     * @return one line
     */
    static String of(String sinkId, long checkpointId, String commitId) {
        return "Flink sink " + sinkId + ", checkpoint " + checkpointId + ", commit " + commitId;
    }
}
