package io.deltacat.quickstart.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplayOrderTest {

    @Test
    void oneStepIsTheFilesOrder() {
        ReplayOrder order = new ReplayOrder(5, 1, 2);
        for (int i = 0; i < 5; i++) {
            assertThat(order.at(i)).isEqualTo(new ReplayOrder.Position(i, 0));
        }
    }

    @Test
    void stepsOfNeighbouringBlocksMix() {
        ReplayOrder order = new ReplayOrder(4, 2, 2);
        List<String> all = new ArrayList<>();
        for (int i = 0; i < order.size(); i++) {
            all.add(order.at(i).line() + ":" + order.at(i).step());
        }
        assertThat(all).containsExactly("0:0", "1:0", "2:0", "3:0", "0:1", "1:1", "2:1", "3:1");
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "1, 3, 10", "10, 3, 1", "10, 3, 4", "11, 2, 20", "100, 5, 7"})
    void everyLineTakesEveryStepOnceAndInOrder(long lines, int steps, long block) {
        ReplayOrder order = new ReplayOrder(lines, steps, block);
        Set<ReplayOrder.Position> seen = new HashSet<>();
        Map<Long, Integer> next = new HashMap<>();
        for (long i = 0; i < order.size(); i++) {
            ReplayOrder.Position position = order.at(i);
            assertThat(seen.add(position)).isTrue();
            assertThat(position.step()).isEqualTo(next.getOrDefault(position.line(), 0));
            next.put(position.line(), position.step() + 1);
        }
        assertThat(seen).hasSize(Math.toIntExact(lines * steps));
    }

    @Test
    void thereIsNothingBeforeTheFirstAndAfterTheLast() {
        ReplayOrder order = new ReplayOrder(2, 2, 1);
        assertThatThrownBy(() -> order.at(-1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> order.at(4)).hasMessageContaining("4 of 4");
        assertThatThrownBy(() -> new ReplayOrder(0, 1, 1)).hasMessageContaining("at least 1");
    }
}
