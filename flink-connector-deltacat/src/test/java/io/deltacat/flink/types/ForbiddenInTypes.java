package io.deltacat.flink.types;

import io.deltacat.server.ForbiddenInServer;
import java.io.Serializable;
import org.apache.flink.table.data.columnar.ColumnarRowData;

/** Breaks rules on purpose: the server in the connector, an internal class, the clock, a sleep, serializable state. */
public abstract class ForbiddenInTypes {

    abstract ForbiddenInServer server();

    abstract ColumnarRowData internal();

    static long now() throws InterruptedException {
        Thread.sleep(1L);
        return System.currentTimeMillis();
    }

    /** State that somebody would write by Java serialization. */
    public static final class Stateful implements Serializable {
        private static final long serialVersionUID = 1L;

        int position;
    }
}
