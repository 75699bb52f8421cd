package io.deltacat.server.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltacat.server.machine.PartitionGuard.CurrentPartition;
import io.deltacat.server.machine.PartitionGuard.ExpectedContents;
import io.deltacat.server.machine.PartitionGuard.ExpectedDelta;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PartitionGuardTest {
    private static final List<ExpectedDelta> DELTAS = List.of(new ExpectedDelta(1, "d1"), new ExpectedDelta(2, "d2"));
    private static final Optional<CurrentPartition> THERE = Optional.of(new CurrentPartition("p", "r", DELTAS));

    @Test
    void whatIsAsExpectedPasses() {
        assertThat(PartitionGuard.NONE.check(THERE, "e")).isEmpty();
        assertThat(PartitionGuard.NONE.expectsSomething()).isFalse();
        assertThat(new PartitionGuard("p", false, null).check(THERE, "e")).isEmpty();
        assertThat(new PartitionGuard(null, true, null).check(Optional.empty(), "e"))
                .isEmpty();
        assertThat(contents("p", "r", DELTAS).check(THERE, "e")).isEmpty();
    }

    @Test
    void anythingElseIsAStaleRead() {
        for (PartitionGuard guard : List.of(
                new PartitionGuard("q", false, null),
                new PartitionGuard(null, true, null),
                contents("q", "r", DELTAS),
                contents("p", "s", DELTAS),
                contents("p", "r", DELTAS.subList(0, 1)),
                contents("p", "r", List.of(new ExpectedDelta(1, "d1"), new ExpectedDelta(2, null))))) {
            Refusal refusal = guard.check(THERE, "entries[3]").orElseThrow();
            assertThat(refusal.kind()).isEqualTo(RefusalKind.CONCURRENT_MODIFICATION);
            assertThat(refusal.message()).contains("entries[3].expected_", "'p'");
            assertThat(refusal.details()).containsEntry("conflict_class", "retryable_stale_read");
        }
        assertThat(new PartitionGuard("q", false, null).check(Optional.empty(), "e"))
                .get()
                .extracting(Refusal::message)
                .asString()
                .contains("is missing");
    }

    private static PartitionGuard contents(String id, String revision, List<ExpectedDelta> deltas) {
        return new PartitionGuard(null, false, new ExpectedContents(id, revision, deltas));
    }
}
