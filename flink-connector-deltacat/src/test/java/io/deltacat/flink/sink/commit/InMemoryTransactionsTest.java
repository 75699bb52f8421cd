package io.deltacat.flink.sink.commit;

import io.deltacat.client.model.WriteEntry;
import java.util.UUID;

/** The fake server of the sink's tests keeps the contract that the real one keeps. */
class InMemoryTransactionsTest extends TransactionPortContract {
    private final InMemoryTransactions server = new InMemoryTransactions();

    @Override
    TransactionPort port() {
        return server;
    }

    @Override
    DeltaTarget target() {
        return Checkpoints.ORDERS;
    }

    @Override
    WriteEntry file() {
        return Checkpoints.entry("/data/" + UUID.randomUUID() + ".parquet");
    }

    @Override
    void expire() {
        server.expireOpenTransactions();
    }
}
