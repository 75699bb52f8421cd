package io.deltacat.format;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.apache.flink.table.data.RowData;

/** Breaks rules on purpose: a Flink class below the connector, and Java serialization. */
public abstract class ForbiddenInFormats {

    abstract int fields(RowData row);

    Object restored(ObjectInputStream input) throws IOException, ClassNotFoundException {
        return input.readObject();
    }

    void stored(ObjectOutputStream output) throws IOException {
        output.writeObject(this);
    }
}
