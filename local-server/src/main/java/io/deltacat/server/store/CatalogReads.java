package io.deltacat.server.store;

import io.deltacat.server.machine.SchemaSpec;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/** Reads of namespaces, tables, versions and schemas at the view's snapshot. Lists are in order of name. */
public interface CatalogReads {
    /** A namespace by name. */
    Optional<NamespaceRow> namespace(String name);

    /** Up to {@code limit} namespaces whose name comes after {@code afterName}. */
    List<NamespaceRow> namespaces(String afterName, int limit);

    /** A table by name. */
    Optional<TableRow> table(String namespace, String name);

    /** Whether a table has or had this id, committed, removed or in a running transaction, whatever the snapshot. */
    boolean isTableIdUsed(String tableId);

    /** Up to {@code limit} tables of a namespace whose name comes after {@code afterName}. */
    List<TableRow> tables(String namespace, String afterName, int limit);

    /** The version that is meant when none is named, see {@link io.deltacat.server.machine.Lifecycle}. */
    Optional<TableVersionRow> defaultVersion(String tableId);

    /** The highest ordinal among the versions of a table; 0 without versions. */
    long highestOrdinal(String tableId);

    /** A version of a table by name. */
    Optional<TableVersionRow> version(String tableId, String tableVersion);

    /** Up to {@code limit} versions of a table with an ordinal above {@code afterOrdinal}, in order of ordinal. */
    List<TableVersionRow> versions(String tableId, long afterOrdinal, int limit);

    /** A schema; schemas never change. */
    Optional<SchemaSpec> schema(String tableId, String tableVersion, long schemaId);

    /** The schemas a version had up to the snapshot, by id in ascending order. */
    SortedMap<Long, SchemaSpec> schemas(String tableId, String tableVersion);

    /** The highest schema id that a version ever got, committed or not; 0 without schema. */
    long highestSchemaId(String tableId, String tableVersion);

    /** The states a version had up to the snapshot, oldest first. */
    List<TableVersionRow> history(String tableId, String tableVersion);

    /** A table by id. */
    Optional<TableRow> tableById(String tableId);

    /** Up to {@code limit} stored paths of purged tables whose files wait to be deleted. */
    List<String> purgedFiles(int limit);

    /** Whether the file of a stored path waits to be deleted. */
    boolean isPurged(String path);

    /** Those among the purged files that a manifest still names. Looks through all manifests. */
    Set<String> purgedFilesInUse();

    /** Names of namespaces, tables and versions that a running transaction created, changed or removed, as another commit did meanwhile. */
    List<String> namesTakenFrom(String transactionId);
}
