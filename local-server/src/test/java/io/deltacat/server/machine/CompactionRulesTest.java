package io.deltacat.server.machine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.deltacat.server.machine.CompactionRules.Level;
import io.deltacat.server.machine.CompactionRules.Load;
import io.deltacat.server.machine.CompactionRules.Settings;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CompactionRulesTest {
    private static final Load NOTHING = new Load(0, 0, 0, false);

    @Test
    void triggersAreThoseOfTheVersionThenOfTheTableThenTheDefaults() {
        Settings defaults = Settings.of(Map.of(), Map.of());
        assertThat(defaults.level()).isEqualTo(Level.BY_COUNTERS);
        assertThat(defaults.deltas()).isEqualTo(100);
        assertThat(defaults.files()).isEqualTo(1_000);
        assertThat(defaults.records()).isEqualTo(64_000_000);
        JsonNode five = IntNode.valueOf(5);
        String deltas = "appended_delta_count_compaction_trigger";
        assertThat(Settings.of(Map.of(), Map.of(deltas, five)).deltas()).isEqualTo(5);
        assertThat(Settings.of(Map.of(deltas, TextNode.valueOf("7")), Map.of(deltas, five))
                        .deltas())
                .isEqualTo(7);
        assertThat(Settings.of(Map.of(deltas, IntNode.valueOf(0)), Map.of()).deltas())
                .isEqualTo(100);
        assertThat(level("none")).isEqualTo(Level.NEVER);
        assertThat(level("max")).isEqualTo(Level.ALWAYS);
        assertThat(level("balanced")).isEqualTo(Level.BY_COUNTERS);
    }

    @Test
    void countersCountFromTheLastCompaction() {
        Settings settings = Settings.of(Map.of(), Map.of());
        assertThat(CompactionRules.isDue(settings, new Load(99, 99, 99, false), NOTHING))
                .isFalse();
        assertThat(CompactionRules.isDue(settings, new Load(100, 100, 100, false), NOTHING))
                .isTrue();
        Load left = new Load(1, 40, 70_000_000, false);
        assertThat(CompactionRules.isDue(settings, new Load(100, 139, 70_000_099, false), left))
                .isFalse();
        assertThat(CompactionRules.isDue(settings, new Load(101, 139, 70_000_099, false), left))
                .isTrue();
        assertThat(CompactionRules.isDue(settings, new Load(3, 1_040, 70_000_099, false), left))
                .isTrue();
        assertThat(CompactionRules.isDue(settings, new Load(1, 5_000, 5_000, false), NOTHING))
                .isFalse();
    }

    @Test
    void aTableMayWantItAlwaysOrNever() {
        Settings always = settings("max");
        assertThat(CompactionRules.isDue(always, new Load(1, 1, 1, false), NOTHING))
                .isFalse();
        assertThat(CompactionRules.isDue(always, new Load(1, 1, 1, true), NOTHING))
                .isTrue();
        assertThat(CompactionRules.isDue(always, new Load(1, 4, 9, false), new Load(1, 4, 9, false)))
                .isFalse();
        assertThat(CompactionRules.isDue(always, new Load(2, 5, 9, false), new Load(1, 4, 9, false)))
                .isTrue();
        assertThat(CompactionRules.isDue(settings("none"), new Load(9_999, 9_999, 9, true), NOTHING))
                .isFalse();
        assertThat(CompactionRules.isWorthwhile(new Load(2, 2, 2, false), NOTHING))
                .isTrue();
        assertThat(CompactionRules.isWorthwhile(new Load(1, 4, 9, false), new Load(1, 4, 9, false)))
                .isFalse();
    }

    @Test
    void theCompactedDeltaTakesThePlaceOfTheLastOrderedOneAndMovesOn() {
        assertThat(CompactionRules.position(7L, null)).isEqualTo(7);
        assertThat(CompactionRules.position(7L, 4L)).isEqualTo(7);
        assertThat(CompactionRules.position(4L, 4L)).isEqualTo(5);
        assertThat(CompactionRules.position(null, null)).isEqualTo(1);
        assertThat(CompactionRules.fits(7, 8L)).isTrue();
        assertThat(CompactionRules.fits(5, 5L)).isFalse();
        assertThat(CompactionRules.fits(5, null)).isTrue();
    }

    @Test
    void theMarkTellsWhereTheCompactedDeltaIsAndWhatWasLeft() {
        JsonNode info = CompactionRules.completionInfo("s", "p", 9, 8L, new Load(1, 3, 100, false), 12);
        assertThat(CompactionRules.compactedPosition(info)).isEqualTo(9);
        assertThat(CompactionRules.left(info)).isEqualTo(new Load(1, 3, 100, false));
        assertThat(info.get("high_watermark").asLong()).isEqualTo(8);
        assertThat(CompactionRules.compactedPosition(null)).isNull();
        assertThat(CompactionRules.left(null)).isEqualTo(NOTHING);
    }

    private static Settings settings(String level) {
        return Settings.of(Map.of("read_optimization_level", TextNode.valueOf(level)), Map.of());
    }

    private static Level level(String name) {
        return settings(name).level();
    }
}
