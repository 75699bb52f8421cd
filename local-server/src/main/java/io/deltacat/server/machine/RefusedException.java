package io.deltacat.server.machine;

/** Carries a {@link Refusal} out of a use case; thrown inside a store transaction it takes back what the transaction did. */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    /**
     * Wraps a refusal.
     *
     * @param refusal what to answer
     */
    public RefusedException(Refusal refusal) {
        super(refusal.message(), null, false, false);
        this.refusal = refusal;
    }

    /**
     * What to answer.
     *
     * @return the refusal
     */
    public Refusal refusal() {
        return refusal;
    }
}
