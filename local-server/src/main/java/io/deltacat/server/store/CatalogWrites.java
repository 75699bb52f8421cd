package io.deltacat.server.store;

import com.fasterxml.jackson.databind.JsonNode;
import io.deltacat.server.machine.SchemaSpec;
import java.util.List;
import java.util.Map;

/**
 * Changes of namespaces, tables, versions and schemas. With a transaction id the change is pending: only that transaction sees
 * it until {@link #publish}; without one ({@code ""}) it is part of the commit that makes it.
 */
public interface CatalogWrites {
    /** Adds a namespace. */
    void addNamespace(String name, Map<String, JsonNode> properties, String transactionId);

    /** Replaces a namespace's properties; false if another running transaction removes or replaces it. */
    boolean replaceNamespace(NamespaceRow row, Map<String, JsonNode> properties, String transactionId);

    /** Removes a namespace; false if another running transaction removes or replaces it. */
    boolean removeNamespace(NamespaceRow row, String transactionId);

    /** Adds a table; the row's state key is ignored. */
    void addTable(TableRow row, String transactionId);

    /**
     * Removes a table. Its versions, streams and files stay for readers of history.
     *
     * @return false if another running transaction removes it
     */
    boolean removeTable(TableRow row, String transactionId);

    /**
     * Replaces a table's state; the new row's state key is ignored, its table id is that of the old one.
     *
     * @return false if another running transaction removes or replaces it
     */
    boolean replaceTable(TableRow row, TableRow next, String transactionId);

    /**
     * Forgets a table that is being removed: its versions, streams, deltas and manifests go for good, from history too, and its
     * managed files wait in {@link CatalogReads#purgedFiles} to be deleted. In a transaction this happens with its commit.
     */
    void purgeTable(String tableId, String transactionId);

    /** Takes paths off the list of files that wait to be deleted. */
    void forgetPurged(List<String> paths);

    /** Adds a table version; the row's state key is ignored. */
    void addVersion(TableVersionRow row, String transactionId);

    /**
     * Replaces a version's state; the new row's state key is ignored, its table, name and ordinal are those of the old one.
     *
     * @return false if another running transaction replaces it
     */
    boolean replaceVersion(TableVersionRow row, TableVersionRow next, String transactionId);

    /**
     * Adds a schema.
     *
     * @return false, and nothing is added, if the table version has a schema of that id already, committed or not
     */
    boolean addSchema(String tableId, String tableVersion, long schemaId, SchemaSpec schema, String transactionId);

    /** Makes the pending changes of a transaction visible with this commit. */
    void publish(String transactionId);

    /** Takes the pending changes of a transaction back. */
    void discard(String transactionId);
}
