package io.deltacat.client.transaction;

import io.deltacat.client.DeltaCatException;

/**
 * What to do next about a commit whose outcome is being settled. Immutable.
 *
 * @param <S> state of what is committed, a session or a transaction
 */
public sealed interface CommitStep<S> {
    /**
     * It is committed (a session bound to a transaction: attached).
     *
     * @param state the state that says so
     */
    record Done<S>(S state) implements CommitStep<S> {}

    /**
     * Send the commit, after a pause if one was sent before.
     *
     * @param version version to send it with
     */
    record Send<S>(long version) implements CommitStep<S> {}

    /** Get the state, after a pause if it was looked at before. */
    record Look<S>() implements CommitStep<S> {}

    /**
     * It will not be committed, and the error says why.
     *
     * @param error error to report
     */
    record Fail<S>(DeltaCatException error) implements CommitStep<S> {}
}
