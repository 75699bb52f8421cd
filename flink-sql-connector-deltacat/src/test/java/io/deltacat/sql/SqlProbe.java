package io.deltacat.sql;

import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.StreamSupport;
import org.apache.flink.table.factories.Factory;

/** What a SQL user does, run inside the class loader under test; everything that crosses its border is a JDK type. */
public final class SqlProbe {

    private SqlProbe() {}

    /** Returns the identifiers of all table factories on the class path. */
    public static List<String> tableFactories() {
        ServiceLoader<Factory> loader =
                ServiceLoader.load(Factory.class, Thread.currentThread().getContextClassLoader());
        return StreamSupport.stream(loader.spliterator(), false)
                .map(Factory::factoryIdentifier)
                .toList();
    }
}
