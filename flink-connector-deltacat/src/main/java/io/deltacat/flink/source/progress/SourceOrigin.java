package io.deltacat.flink.source.progress;

import java.util.Map;
import org.apache.flink.annotation.Internal;

/**
 * Which source of which job writes into a watermark document, as far as Flink tells. Immutable.
 *
 * @param job id of the job, empty when unknown
 * @param operator id of the source operator in it, empty when unknown
 */
@Internal
public record SourceOrigin(String job, String operator) {
    /** An origin that nothing is known of. */
    public static final SourceOrigin UNKNOWN = new SourceOrigin("", "");

    private static final String JOB = "<job_id>";
    private static final String OPERATOR = "<operator_id>";

    /**
     * Reads the origin from the variables of a coordinator's metric group, the only place where Flink tells it a source.
     *
     * @param variables the variables by their names in angle brackets
     * @return the origin, unknown where the names are missing
     */
    public static SourceOrigin ofMetricVariables(Map<String, String> variables) {
        return new SourceOrigin(variables.getOrDefault(JOB, ""), variables.getOrDefault(OPERATOR, ""));
    }

    /**
     * Tells whether another is a different source of the same job.
     *
     * @param other the other
     * @return false when either is not known
     */
    public boolean siblingOf(SourceOrigin other) {
        return !job.isEmpty() && job.equals(other.job) && !other.operator.isEmpty() && !operator.equals(other.operator);
    }
}
