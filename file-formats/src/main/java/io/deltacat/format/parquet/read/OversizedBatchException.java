package io.deltacat.format.parquet.read;

/**
 * The wanted rows hold more than one batch should. Nothing is wrong with the file: the same rows are read again, fewer at a
 * time.
 */
final class OversizedBatchException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String problem;

    /**
     * @param problem what there is too much of
     */
    OversizedBatchException(String problem) {
        super(problem, null, false, false); // flow control: says where it was thrown to nobody
        this.problem = problem;
    }

    /** Returns what there is too much of. */
    String problem() {
        return problem;
    }
}
