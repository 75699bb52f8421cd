package io.deltacat.flink.sink.commit;

import static java.util.Objects.requireNonNull;

import org.apache.flink.annotation.Internal;

/**
 * A decision of the {@link CommitMachine}. Immutable.
 *
 * @param state state to be in
 * @param backOff true if the same ground may be walked again, so that a pause is due before its action
 */
@Internal
record CommitStep(CommitState state, boolean backOff) {
    /** Checks that the state is there. */
    CommitStep {
        requireNonNull(state, "state");
    }

    static CommitStep now(CommitState state) {
        return new CommitStep(state, false);
    }

    static CommitStep later(CommitState state) {
        return new CommitStep(state, true);
    }
}
