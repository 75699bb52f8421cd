package io.deltacat.server.store;

import io.deltacat.server.machine.SchemaSpec;
import java.util.List;
import java.util.Optional;

/** Reads of namespaces, tables, versions and schemas at the view's snapshot. Lists are in order of name. */
public interface CatalogReads {
    /** A namespace by name. */
    Optional<NamespaceRow> namespace(String name);

    /** Up to {@code limit} namespaces whose name comes after {@code afterName}. */
    List<NamespaceRow> namespaces(String afterName, int limit);

    /** A table by name. */
    Optional<TableRow> table(String namespace, String name);

    /** Up to {@code limit} tables of a namespace whose name comes after {@code afterName}. */
    List<TableRow> tables(String namespace, String afterName, int limit);

    /** The latest version of a table. */
    Optional<TableVersionRow> latestVersion(String tableId);

    /** A version of a table by name. */
    Optional<TableVersionRow> version(String tableId, String tableVersion);

    /** Up to {@code limit} versions of a table with an ordinal above {@code afterOrdinal}, in order of ordinal. */
    List<TableVersionRow> versions(String tableId, long afterOrdinal, int limit);

    /** A schema; schemas never change. */
    Optional<SchemaSpec> schema(String tableId, String tableVersion, long schemaId);

    /** Names of namespaces and tables that a running transaction created or removed, as another commit did meanwhile. */
    List<String> namesTakenFrom(String transactionId);
}
