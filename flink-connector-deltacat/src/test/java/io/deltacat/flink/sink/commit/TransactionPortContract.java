package io.deltacat.flink.sink.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltacat.client.TransactionRef;
import io.deltacat.client.model.WriteEntry;
import io.deltacat.flink.sink.commit.ServerAnswer.FilesSearched;
import io.deltacat.flink.sink.commit.ServerAnswer.Missing;
import io.deltacat.flink.sink.commit.ServerAnswer.Refusal;
import io.deltacat.flink.sink.commit.ServerAnswer.Refused;
import io.deltacat.flink.sink.commit.ServerAnswer.SessionSeen;
import io.deltacat.flink.sink.commit.ServerAnswer.TransactionSeen;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the sink relies on in a {@link TransactionPort}, whatever is behind it. */
abstract class TransactionPortContract {
    private static final String OWNER = "contract";

    /** The port under test; the same for all calls of one test. */
    abstract TransactionPort port();

    /** A table that takes ordered deltas. */
    abstract DeltaTarget target();

    /** A new file that fits the table. */
    abstract WriteEntry file();

    /** Makes everything expire that is open now. */
    abstract void expire();

    @Test
    void filesBecomeVisibleWithTheCommitAndNotBefore() {
        WriteEntry file = file();
        SessionSeen attached = attach(claim(begin(), key()), file);
        assertThat(attached.state()).isEqualTo(SessionState.ATTACHED);
        assertThat(isVisible(file)).isFalse();

        TransactionSeen committed = (TransactionSeen) port().commit(attached.transaction());

        assertThat(committed.state()).isEqualTo(TransactionState.COMMITTED);
        assertThat(isVisible(file)).isTrue();
        assertThat(state(attached.transaction())).isEqualTo(TransactionState.COMMITTED);
    }

    @Test
    void everyCallMovesTheFenceAndSaysWhereItIs() {
        TransactionRef begun = begin();
        SessionSeen open = claim(begun, key());
        SessionSeen attached = attach(open, file());

        assertThat(open.transaction().transactionVersion()).isGreaterThan(begun.transactionVersion());
        assertThat(attached.transaction().transactionVersion())
                .isGreaterThan(open.transaction().transactionVersion());
        assertThat(port().commit(begun)).isInstanceOf(Refused.class);
        assertThat(state(begun)).isEqualTo(TransactionState.OPEN);
        assertThat(seen(begun).boundSessions()).contains(attached.sessionId());
    }

    @Test
    void repeatedCallsOfStagingAreAnsweredAsTheFirstTime() {
        TransactionRef begun = begin();
        String key = key();
        SessionSeen open = claim(begun, key);
        assertThat(claim(begun, key)).isEqualTo(open);

        WriteEntry file = file();
        SessionSeen attached = attach(open, file);
        assertThat(attach(open, file)).isEqualTo(attached);
        assertThat(port().commit(attached.transaction())).isInstanceOf(TransactionSeen.class);
    }

    @Test
    void aRepeatedCommitIsNotASecondOne() {
        WriteEntry file = file();
        SessionSeen attached = attach(claim(begin(), key()), file);
        port().commit(attached.transaction());

        ServerAnswer again = port().commit(attached.transaction());

        boolean asTheFirst = again instanceof TransactionSeen seen && seen.state() == TransactionState.COMMITTED;
        boolean stale = again instanceof Refused refused && refused.refusal() == Refusal.STALE;
        assertThat(asTheFirst || stale).as("%s", again).isTrue();
        assertThat(state(attached.transaction())).isEqualTo(TransactionState.COMMITTED);
    }

    @Test
    void anOrderedDeltaLosesAgainstOneThatCommittedSinceItsTransactionBegan() {
        WriteEntry losing = file();
        SessionSeen loser = attach(claim(begin(), key()), losing);
        SessionSeen winner = attach(claim(begin(), key()), file());
        assertThat(port().commit(winner.transaction())).isInstanceOf(TransactionSeen.class);

        ServerAnswer lost = port().commit(loser.transaction());

        assertThat(lost).isInstanceOf(Refused.class);
        assertThat(((Refused) lost).refusal()).isEqualTo(Refusal.LOST_RACE);
        assertThat(state(loser.transaction())).isEqualTo(TransactionState.DEAD);
        assertThat(isVisible(losing)).isFalse();
    }

    @Test
    void aTransactionThatExpiredIsDeadForGood() {
        WriteEntry file = file();
        SessionSeen attached = attach(claim(begin(), key()), file);
        expire();

        ServerAnswer refused = port().commit(attached.transaction());

        assertThat(refused).isInstanceOfAny(Refused.class, Missing.class);
        assertThat(state(attached.transaction())).isEqualTo(TransactionState.DEAD);
        assertThat(isVisible(file)).isFalse();
    }

    @Test
    void theKeyOfADeadTransactionCanBeUsedAgain() {
        String key = key();
        SessionSeen attached = attach(claim(begin(), key), file());
        expire();

        TransactionRef second = begin();
        SessionSeen open = claim(second, key);

        assertThat(open.transaction().transactionId()).isEqualTo(second.transactionId());
        assertThat(open.sessionId()).isNotEqualTo(attached.sessionId());
        assertThat(open.state()).isEqualTo(SessionState.OPEN);
    }

    @Test
    void whatIsUnknownIsMissing() {
        TransactionRef unknown = new TransactionRef("tx_" + "0".repeat(32), 1);

        assertThat(port().find(unknown.transactionId())).isInstanceOf(Missing.class);
        assertThat(port().commit(unknown)).isInstanceOf(Missing.class);
        assertThat(port().claim(claimOf(unknown, key()))).isInstanceOf(Missing.class);
    }

    private TransactionRef begin() {
        TransactionSeen begun = (TransactionSeen) port().begin("contract");
        assertThat(begun.state()).isEqualTo(TransactionState.OPEN);
        return begun.transaction();
    }

    private SessionSeen claim(TransactionRef transaction, String key) {
        return (SessionSeen) port().claim(claimOf(transaction, key));
    }

    private TransactionPort.Claim claimOf(TransactionRef transaction, String key) {
        return new TransactionPort.Claim(
                target(), transaction, key, OWNER, CommitKeys.claimOperation(key, transaction.transactionId()));
    }

    private SessionSeen attach(SessionSeen session, WriteEntry file) {
        return (SessionSeen) port().attach(new TransactionPort.Attachment(
                session.sessionId(),
                session.sessionVersion(),
                session.transaction(),
                CommitKeys.attachOperation("contract", session.sessionId()),
                List.of(file)));
    }

    private boolean isVisible(WriteEntry file) {
        ServerAnswer answer = port().search(
                        List.of(TransactionPort.FileSearch.ofPaths(target(), Set.of(String.valueOf(file.path())))));
        return ((FilesSearched) answer).anyPresent();
    }

    private TransactionState state(TransactionRef transaction) {
        return seen(transaction).state();
    }

    private TransactionSeen seen(TransactionRef transaction) {
        return (TransactionSeen) port().find(transaction.transactionId());
    }

    private static String key() {
        return "contract." + UUID.randomUUID();
    }
}
