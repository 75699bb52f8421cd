package io.deltacat.client;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Names one table, or one version of it. Immutable.
 *
 * @param namespace namespace, not blank; the Python client's default is {@code default}
 * @param table table name, not blank
 * @param tableVersion version of the table, or null for the one the server treats as current
 */
public record TableRef(
        String namespace, String table, @Nullable String tableVersion) implements Serializable {

    /**
     * Checks the names.
     *
     * @throws IllegalArgumentException if a name is blank, or is {@code .} or {@code ..}, which a URL path cannot carry
     */
    public TableRef {
        checkName("namespace", requireNonNull(namespace, "namespace"));
        checkName("table", requireNonNull(table, "table"));
        if (tableVersion != null) {
            checkName("tableVersion", tableVersion);
        }
    }

    /**
     * Names the current version of a table.
     *
     * @param namespace namespace, not blank
     * @param table table name, not blank
     * @return the reference
     */
    public static TableRef of(String namespace, String table) {
        return new TableRef(namespace, table, null);
    }

    /**
     * Names a version of the same table.
     *
     * @param version version, not blank
     * @return a reference with that version
     */
    public TableRef withVersion(String version) {
        return new TableRef(namespace, table, requireNonNull(version, "version"));
    }

    /**
     * Gives the version, where a call cannot do without.
     *
     * @return the version
     * @throws IllegalArgumentException if this reference has none
     */
    public String requireVersion() {
        if (tableVersion == null) {
            throw new IllegalArgumentException("Table '" + this + "' is named without a version; expected one. Take it "
                    + "from describeTable(...).tableVersion() and use withVersion(...).");
        }
        return tableVersion;
    }

    /** Prints {@code namespace.table}, with {@code @version} if there is one. */
    @Override
    public String toString() {
        return tableVersion == null ? namespace + "." + table : namespace + "." + table + "@" + tableVersion;
    }

    private static void checkName(String what, String name) {
        if (name.isBlank() || name.equals(".") || name.equals("..")) {
            throw new IllegalArgumentException(
                    "Table reference: " + what + " is '" + name + "'; expected a name. Give the name of an object.");
        }
    }
}
