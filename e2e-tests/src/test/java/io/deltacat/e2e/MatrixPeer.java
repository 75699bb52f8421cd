package io.deltacat.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import io.deltacat.e2e.MatrixScenario.Write;
import java.util.List;

/** One way to write and read the matrix' tables. */
interface MatrixPeer {
    /** Makes the table of a scenario, empty. */
    void create(MatrixScenario scenario) throws Exception;

    /** Adds the last column to an evolved table. */
    void addColumn(MatrixScenario scenario) throws Exception;

    void write(MatrixScenario scenario, Write write) throws Exception;

    /** Reads a table; one form per row as {@link PeerValue} makes it, sorted by id. */
    List<JsonNode> read(MatrixScenario scenario) throws Exception;
}
