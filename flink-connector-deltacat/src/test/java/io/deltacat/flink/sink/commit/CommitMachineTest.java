package io.deltacat.flink.sink.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltacat.client.TransactionRef;
import io.deltacat.flink.sink.commit.ServerAnswer.FilesSearched;
import io.deltacat.flink.sink.commit.ServerAnswer.Missing;
import io.deltacat.flink.sink.commit.ServerAnswer.Refusal;
import io.deltacat.flink.sink.commit.ServerAnswer.Refused;
import io.deltacat.flink.sink.commit.ServerAnswer.SessionSeen;
import io.deltacat.flink.sink.commit.ServerAnswer.TransactionSeen;
import io.deltacat.flink.sink.commit.ServerAnswer.Unanswered;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CommitMachineTest {
    private static final TransactionRef OWN = new TransactionRef("txn-9", 2);
    private static final SessionSeen FIRST = new SessionSeen("ws-8", 1, SessionState.OPEN, OWN);
    private static final SessionSeen SECOND = new SessionSeen("ws-9", 1, SessionState.OPEN, OWN);

    /** Every state with every answer; "-" is an answer that cannot belong to the state's call; "..." means back off first. */
    private static final String TABLE = """
            answer               Unresolved     Ready             Unstaged     Claiming        Adopting     Searching     Attaching
            txn OPEN             Ready          ...Unresolved     Claiming     -               Claiming     -             -
            txn UNSETTLED        ...Unresolved  ...Unresolved     ...Unstaged  -               ...Adopting  -             -
            txn COMMITTED        Settled        Settled           ...Unstaged  -               Settled      -             -
            txn DEAD             Unstaged       ...Unstaged       ...Unstaged  -               Unstaged     -             -
            session OPEN         -              -                 -            Searching       -            -             ...Adopting
            session ATTACHED     -              -                 -            Searching       -            -             Ready
            session CLOSED       -              -                 -            ...Adopting     -            -             ...Adopting
            session elsewhere    -              -                 -            Adopting        -            -             Ready
            files present        -              -                 -            -               -            Settled       -
            files absent         -              -                 -            -               -            Attaching     -
            missing              Unstaged       ...Unresolved     ...Unstaged  ...Adopting     Unstaged     ...Searching  ...Adopting
            refused STALE        ...Unresolved  ...Unresolved     ...Unstaged  ...Adopting     ...Adopting  ...Searching  ...Adopting
            refused LOST_RACE    ...Unresolved  ...Unstaged       ...Unstaged  ...Unstaged     ...Adopting  ...Searching  ...Unstaged
            refused EXPIRED      Unstaged       ...Unstaged       ...Unstaged  ...Unstaged     Unstaged     ...Searching  ...Unstaged
            refused REJECTED     Rejected       Rejected          Rejected     Rejected        Rejected     Rejected      Rejected
            unanswered           ...Unresolved  ...Unresolved     ...Unstaged  ...Claiming     ...Adopting  ...Searching  ...Attaching
            """;

    private final PreparedCheckpoint checkpoint = Checkpoints.twoDeltas();
    private final CommitMachine machine = new CommitMachine(checkpoint);

    @Test
    void everyAnswerInEveryStateLeadsWhereTheTableSays() {
        Map<String, CommitState> states = states();
        Map<String, ServerAnswer> answers = answers();
        List<String> lines = TABLE.lines().toList();
        List<String> names = Arrays.asList(lines.get(0).split(" +"));
        assertThat(names.subList(1, names.size())).containsExactlyElementsOf(states.keySet());
        assertThat(lines.subList(1, lines.size()).stream()
                        .map(line -> line.substring(0, 21).strip()))
                .containsExactlyElementsOf(answers.keySet());

        for (String line : lines.subList(1, lines.size())) {
            String answer = line.substring(0, 21).strip();
            String[] expected = line.substring(21).strip().split(" +");
            for (int i = 0; i < expected.length; i++) {
                String state = names.get(i + 1);
                assertThat(outcome(states.get(state), answers.get(answer)))
                        .as("%s in state %s", answer, state)
                        .isEqualTo(expected[i]);
            }
        }
    }

    @Test
    void theTableCoversEveryStateAndEveryAnswer() {
        Set<Class<?>> states = new LinkedHashSet<>();
        states().values().forEach(state -> states.add(state.getClass()));
        states.add(CommitState.Settled.class);
        states.add(CommitState.Rejected.class);
        assertThat(states).containsExactlyInAnyOrder(CommitState.class.getPermittedSubclasses());
        Set<Class<?>> answers = new LinkedHashSet<>();
        answers().values().forEach(answer -> answers.add(answer.getClass()));
        assertThat(answers).containsExactlyInAnyOrder(ServerAnswer.class.getPermittedSubclasses());
    }

    @Test
    void anUnknownOutcomeIsNeverAnsweredWithAnythingButALook() {
        for (ServerAnswer answer : answers().values()) {
            if (answer instanceof Unanswered
                    || answer instanceof TransactionSeen seen && seen.state() == TransactionState.UNSETTLED) {
                CommitState next =
                        machine.next(new CommitState.Ready(staged(0)), answer).state();
                assertThat(machine.action(next).name()).isEqualTo("find");
            }
        }
    }

    @Test
    void anOpenTransactionThatLostItsFilesIsNotCommitted() {
        CommitState asked = machine.start(true);
        ServerAnswer setBack =
                new TransactionSeen(new TransactionRef("txn-1", 4), TransactionState.OPEN, Set.of("ws-1", "ws-2"));
        ServerAnswer withoutSession =
                new TransactionSeen(new TransactionRef("txn-1", 5), TransactionState.OPEN, Set.of("ws-1"));

        assertThat(machine.next(asked, setBack).state()).isEqualTo(new CommitState.Unstaged(1));
        assertThat(machine.next(asked, withoutSession).state()).isEqualTo(new CommitState.Unstaged(1));
    }

    @Test
    void aKeyThatLeadsToADeadTransactionIsPassedOverAndAnOwnDeadTransactionIsNot() {
        SessionSeen elsewhere = new SessionSeen("ws-7", 2, SessionState.ATTACHED, new TransactionRef("txn-7", 3));
        ServerAnswer dead = new TransactionSeen(new TransactionRef("txn-7", 4), TransactionState.DEAD, Set.of());

        CommitState held = machine.next(new CommitState.Claiming(OWN, 1, List.of()), elsewhere)
                .state();
        CommitState stale = machine.next(new CommitState.Claiming(OWN, 1, List.of()), new Refused(Refusal.STALE, null))
                .state();

        assertThat(machine.next(held, dead).state()).isEqualTo(new CommitState.Unstaged(2));
        assertThat(machine.next(stale, dead).state()).isEqualTo(new CommitState.Unstaged(1));
    }

    @Test
    void anAdoptedAttemptIsAttachedOnlyWhereItIsNot() {
        SessionSeen attached = new SessionSeen("ws-8", 2, SessionState.ATTACHED, OWN);

        CommitState oneLeft = machine.next(
                        new CommitState.Searching(OWN, 1, List.of(attached, SECOND)), new FilesSearched(false))
                .state();
        CommitState noneLeft = machine.next(
                        new CommitState.Searching(
                                OWN, 1, List.of(attached, new SessionSeen("ws-9", 2, SessionState.ATTACHED, OWN))),
                        new FilesSearched(false))
                .state();

        assertThat(oneLeft).isEqualTo(new CommitState.Attaching(OWN, 1, List.of(attached, SECOND), 1));
        assertThat(noneLeft).isInstanceOf(CommitState.Ready.class);
    }

    @Test
    void finalStatesAskForNothing() {
        assertThatThrownBy(() -> machine.action(new CommitState.Settled(true)))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> machine.next(new CommitState.Settled(true), new Missing(null)))
                .isInstanceOf(IllegalStateException.class);
    }

    private String outcome(CommitState state, ServerAnswer answer) {
        try {
            CommitStep step = machine.next(state, answer);
            return (step.backOff() ? "..." : "") + step.state().getClass().getSimpleName();
        } catch (IllegalStateException e) {
            return "-";
        }
    }

    private CommitState.Staged staged(int generation) {
        return new CommitState.Staged(checkpoint.transaction(), List.of("ws-1", "ws-2"), generation);
    }

    private Map<String, CommitState> states() {
        Map<String, CommitState> states = new LinkedHashMap<>();
        states.put("Unresolved", new CommitState.Unresolved(staged(0)));
        states.put("Ready", new CommitState.Ready(staged(0)));
        states.put("Unstaged", new CommitState.Unstaged(1));
        states.put("Claiming", new CommitState.Claiming(OWN, 1, List.of(FIRST)));
        states.put("Adopting", new CommitState.Adopting("txn-7", 1, 2));
        states.put("Searching", new CommitState.Searching(OWN, 1, List.of(FIRST, SECOND)));
        states.put("Attaching", new CommitState.Attaching(OWN, 1, List.of(FIRST, SECOND), 1));
        return states;
    }

    private Map<String, ServerAnswer> answers() {
        Map<String, ServerAnswer> answers = new LinkedHashMap<>();
        for (TransactionState state : TransactionState.values()) {
            answers.put(
                    "txn " + state,
                    new TransactionSeen(checkpoint.transaction(), state, Set.of("ws-1", "ws-2", "ws-3")));
        }
        for (SessionState state : SessionState.values()) {
            answers.put("session " + state, new SessionSeen("ws-9", 2, state, OWN));
        }
        answers.put(
                "session elsewhere", new SessionSeen("ws-7", 2, SessionState.ATTACHED, new TransactionRef("txn-7", 3)));
        answers.put("files present", new FilesSearched(true));
        answers.put("files absent", new FilesSearched(false));
        answers.put("missing", new Missing(null));
        for (Refusal refusal : Refusal.values()) {
            answers.put("refused " + refusal, new Refused(refusal, null));
        }
        answers.put("unanswered", new Unanswered(null));
        return answers;
    }
}
