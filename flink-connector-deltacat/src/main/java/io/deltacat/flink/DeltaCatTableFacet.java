package io.deltacat.flink;

import java.util.Objects;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.streaming.api.lineage.LineageDatasetFacet;
import org.jspecify.annotations.Nullable;

/**
 * Tells lineage listeners which table of a DeltaCAT server a dataset is. A dataset of an SQL job has the table's name in
 * Flink's catalog, so this is where to look. Immutable.
 *
 * @param server address of the server, without user information
 * @param catalog catalog on the server, or null for its default
 * @param table {@code namespace.table}
 * @param tableVersion version of the table, or null for the active one
 */
@PublicEvolving
public record DeltaCatTableFacet(
        String server,
        @Nullable String catalog,
        String table,
        @Nullable String tableVersion) implements LineageDatasetFacet {
    /** Name of the facet. */
    public static final String NAME = "deltacat";

    /** Checks that nothing is missing. */
    public DeltaCatTableFacet {
        Objects.requireNonNull(server, "server");
        Objects.requireNonNull(table, "table");
    }

    @Override
    public String name() {
        return NAME;
    }
}
