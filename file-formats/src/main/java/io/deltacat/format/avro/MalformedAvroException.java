package io.deltacat.format.avro;

/** Bytes are not what their Avro type demands; wrapped where file and offset are known. Has no stack trace. */
final class MalformedAvroException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedAvroException(String problem) {
        super(problem, null, false, false);
    }
}
