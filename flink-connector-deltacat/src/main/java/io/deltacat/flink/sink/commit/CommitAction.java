package io.deltacat.flink.sink.commit;

import java.util.function.Function;
import org.apache.flink.annotation.Internal;

/**
 * One call to the server. Immutable.
 *
 * @param name name of the call, for logs and tests
 * @param call the call
 */
@Internal
record CommitAction(String name, Function<TransactionPort, ServerAnswer> call) {}
