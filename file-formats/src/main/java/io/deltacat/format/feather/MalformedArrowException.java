package io.deltacat.format.feather;

/** Bytes are not what the Arrow format demands; wrapped where file and offset are known. Has no stack trace. */
final class MalformedArrowException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedArrowException(String problem) {
        super(problem, null, false, false);
    }
}
