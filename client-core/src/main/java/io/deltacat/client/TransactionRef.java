package io.deltacat.client;

import static java.util.Objects.requireNonNull;

import io.deltacat.client.model.RemoteTransaction;
import java.io.Serializable;

/**
 * Names a server transaction at a version. The version is a fence: each mutation bound to the transaction raises it, and
 * replies carry the new one, so one owner has to make all calls of a transaction one after the other
 * (protocol/data-plane.md §3). Immutable.
 *
 * @param transactionId id given by the server
 * @param transactionVersion version last seen
 */
public record TransactionRef(String transactionId, long transactionVersion) implements Serializable {
    /** Checks that the id is there. */
    public TransactionRef {
        requireNonNull(transactionId, "transactionId");
    }

    /**
     * Names the transaction of a reply at the version it carries.
     *
     * @param transaction reply of any transaction call
     * @return the reference
     */
    public static TransactionRef of(RemoteTransaction transaction) {
        return new TransactionRef(transaction.transactionId(), transaction.transactionVersion());
    }
}
