package io.deltacat.server.machine;

/**
 * What a machine decided about an event.
 *
 * @param <S> the machine's state
 */
public sealed interface Decision<S> {
    /**
     * The event was taken.
     *
     * @param state the new state
     */
    record Accepted<S>(S state) implements Decision<S> {}

    /**
     * The event had been taken before; nothing changes.
     *
     * @param state the state as it is
     */
    record Unchanged<S>(S state) implements Decision<S> {}

    /**
     * The event is turned down.
     *
     * @param refusal why
     */
    record Refused<S>(Refusal refusal) implements Decision<S> {}

    /**
     * The state to go on with.
     *
     * @return new or unchanged state
     * @throws RefusedException if the event was turned down
     */
    default S orThrow() {
        if (this instanceof Accepted<S> accepted) {
            return accepted.state();
        }
        if (this instanceof Unchanged<S> unchanged) {
            return unchanged.state();
        }
        throw ((Refused<S>) this).refusal().asException();
    }
}
