package io.deltacat.flink.sink.commit;

import io.deltacat.client.TransactionRef;
import io.deltacat.client.model.WriteEntry;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.flink.annotation.Internal;
import org.jspecify.annotations.Nullable;

/**
 * The calls that staging and committing need from a server. Implementations send each call at most as often as is safe and
 * report what is known afterwards as a {@link ServerAnswer}; they throw only when the thread is interrupted or the reply
 * cannot be a reply of this protocol. Calls block, bounded by the connection's time-outs.
 */
@Internal
public interface TransactionPort extends AutoCloseable {
    /**
     * Opens a transaction. A transaction whose reply is lost is never committed by anyone and expires.
     *
     * @param commitMessage message that the server keeps with it
     * @return {@link ServerAnswer.TransactionSeen}, or why there is none
     */
    ServerAnswer begin(String commitMessage);

    /**
     * Looks at a transaction.
     *
     * @param transactionId id of the transaction
     * @return {@link ServerAnswer.TransactionSeen}, {@link ServerAnswer.Missing}, or why it is not known
     */
    ServerAnswer find(String transactionId);

    /**
     * Commits a transaction. Sent once.
     *
     * @param transaction id and expected version
     * @return {@link ServerAnswer.TransactionSeen} if the server answered, or what is known
     */
    ServerAnswer commit(TransactionRef transaction);

    /**
     * Opens the session of a write key in a transaction. If an unfinished session with this key exists, the server hands
     * that one back, whatever transaction it is bound to.
     *
     * @param claim what to open
     * @return {@link ServerAnswer.SessionSeen}, or why there is none
     */
    ServerAnswer claim(Claim claim);

    /**
     * Attaches files to a session of a transaction. The operation id makes repeating it safe.
     *
     * @param attachment what to attach
     * @return {@link ServerAnswer.SessionSeen} with state {@link SessionState#ATTACHED}, or what is known
     */
    ServerAnswer attach(Attachment attachment);

    /**
     * Searches the newest state of tables for files.
     *
     * @param tables what to look for, by table
     * @return {@link ServerAnswer.FilesSearched}, or why it is not known
     */
    ServerAnswer search(List<FileSearch> tables);

    /** Releases the connection. Never commits or aborts anything. */
    @Override
    void close();

    /**
     * A keyed session to open.
     *
     * @param target delta that will be attached by it
     * @param transaction transaction to bind it to, at its newest version
     * @param writeKey key that names the session for every process that may ever ask for it
     * @param ownerKey owner of the key, the same in all those processes
     * @param operationId id of this call
     */
    record Claim(
            DeltaTarget target, TransactionRef transaction, String writeKey, String ownerKey, String operationId) {}

    /**
     * Files to attach.
     *
     * @param sessionId session to attach by
     * @param sessionVersion its newest version
     * @param transaction transaction it is bound to, at its newest version
     * @param operationId id of this call
     * @param entries all files of the delta
     */
    record Attachment(
            String sessionId,
            long sessionVersion,
            TransactionRef transaction,
            String operationId,
            List<WriteEntry> entries) {
        /** Copies the list. */
        public Attachment {
            entries = List.copyOf(entries);
        }
    }

    /**
     * Files to look for in one table.
     *
     * @param target delta that the files were meant for
     * @param paths paths as they were registered
     * @param nameStart what file names start with that are looked for too; null to look for the paths only
     */
    record FileSearch(
            DeltaTarget target, Set<String> paths, @Nullable String nameStart) {
        /** Copies the set. */
        public FileSearch {
            paths = Set.copyOf(paths);
        }

        static FileSearch ofPaths(DeltaTarget target, Set<String> paths) {
            return new FileSearch(target, paths, null);
        }

        static FileSearch ofNames(DeltaTarget target, String nameStart) {
            return new FileSearch(target, Set.of(), nameStart);
        }

        /**
         * Makes the test of file names.
         *
         * @return true for the names, without directory, that are looked for
         */
        Predicate<String> names() {
            Set<String> names = paths.stream().map(TableFiles::nameOf).collect(Collectors.toSet());
            String start = nameStart;
            return start == null ? names::contains : name -> name.startsWith(start) || names.contains(name);
        }
    }
}
