package io.deltacat.server.store;

import io.deltacat.server.store.sqlite.SqliteStore;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteTableStoreTest extends TableStoreContract {
    @TempDir
    Path directory;

    @Override
    Store open() {
        return SqliteStore.open(directory.resolve("catalog.db"), false, clock);
    }
}
