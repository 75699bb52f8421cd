package io.deltacat.server.service;

import io.deltacat.server.data.DataFiles;
import io.deltacat.server.data.DataRoots;
import io.deltacat.server.store.Snapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes the files of purged tables after the commit that purged them: only files below the managed root, and only those that no
 * manifest of another table names. What a crash interrupts is done by the next round. A plan that was made before the purge may
 * still name the files; its reader fails on the first one that is gone. Thread-safe.
 */
final class PurgedFiles {
    private static final Logger LOG = LoggerFactory.getLogger(PurgedFiles.class);
    private static final int BATCH = 1_000;

    private final ServiceContext context;

    PurgedFiles(ServiceContext context) {
        this.context = context;
    }

    /** One round over everything that waits. A file that cannot be deleted stays on the list and is logged. */
    void deleteWaiting() {
        List<String> waiting = batch();
        if (waiting.isEmpty()) {
            return;
        }
        Set<String> inUse =
                context.store().read(Snapshot.latest(), view -> view.catalog().purgedFilesInUse());
        while (!waiting.isEmpty()) {
            List<String> done = new ArrayList<>();
            for (String path : waiting) {
                if (inUse.contains(path) || isDeleted(path)) {
                    done.add(path);
                }
            }
            if (done.isEmpty()) {
                return;
            }
            context.store().write(unit -> {
                unit.catalog().forgetPurged(done);
                return true;
            });
            waiting = batch();
        }
    }

    private List<String> batch() {
        return context.store().read(Snapshot.latest(), view -> view.catalog().purgedFiles(BATCH));
    }

    private boolean isDeleted(String stored) {
        Optional<Path> path = DataRoots.localPath(context.roots().toLocation(stored));
        boolean managed = path.isPresent()
                && path.get().startsWith(context.roots().managedRoot())
                && !path.get().equals(context.roots().managedRoot());
        if (!managed) {
            return true; // nothing of ours
        }
        try {
            DataFiles.delete(path.get());
            return true;
        } catch (IOException e) {
            LOG.warn("cannot delete purged file {}; the next round tries again", stored, e);
            return false;
        }
    }
}
