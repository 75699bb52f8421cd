package io.deltacat.flink.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.Test;

/** What the sink of a table tells the planner without asking the server. */
class DeltaCatTableSinkTest {
    private static final RowType ROWS = (RowType) DataTypes.ROW(
                    DataTypes.FIELD("id", DataTypes.BIGINT().notNull()), DataTypes.FIELD("note", DataTypes.STRING()))
            .notNull()
            .getLogicalType();

    private static DeltaCatTableSink sink(String... primaryKey) {
        TableSettings settings =
                TableOptionReader.read("t", Map.of("uri", "http://localhost:1", "table", "orders"), true);
        return new DeltaCatTableSink(
                settings, new TableLookup(settings), new DeclaredTable(ROWS, List.of(primaryKey), List.of()));
    }

    @Test
    void aPrimaryKeyMakesItTakeChangesAndDeletionsByKey() {
        assertThat(sink("id").getChangelogMode(ChangelogMode.all())).isEqualTo(ChangelogMode.upsert());
        assertThat(sink().getChangelogMode(ChangelogMode.all())).isEqualTo(ChangelogMode.insertOnly());
    }

    @Test
    void anUpdateMayChangeAnythingButTheKey() {
        Column id = Column.physical("id", DataTypes.BIGINT());
        Column note = Column.physical("note", DataTypes.STRING());

        assertThat(sink("id").applyRowLevelUpdate(List.of(note), null)).isNotNull();
        assertThat(sink("id").applyRowLevelDelete(null)).isNotNull();
        assertThatThrownBy(() -> sink("id").applyRowLevelUpdate(List.of(note, id), null))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("UPDATE sets column 'id' of the primary key [id]");
        assertThatThrownBy(() -> sink().applyRowLevelDelete(null))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("no PRIMARY KEY is declared");
    }
}
