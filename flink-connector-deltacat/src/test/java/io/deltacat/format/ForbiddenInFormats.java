package io.deltacat.format;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.apache.flink.table.data.RowData;
import org.apache.hadoop.StandIn;

/** Breaks rules on purpose: a Flink class below the connector, Hadoop, and Java serialization. */
public abstract class ForbiddenInFormats {

    abstract int fields(RowData row);

    abstract StandIn hadoop();

    Object restored(ObjectInputStream input) throws IOException, ClassNotFoundException {
        return input.readObject();
    }

    void stored(ObjectOutputStream output) throws IOException {
        output.writeObject(this);
    }
}
