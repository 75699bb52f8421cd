package io.deltacat.server;

import io.deltacat.server.api.CatalogResource;
import io.deltacat.server.api.CompactionResource;
import io.deltacat.server.api.FaultResource;
import io.deltacat.server.api.HealthResource;
import io.deltacat.server.api.LaterResource;
import io.deltacat.server.api.NamespaceResource;
import io.deltacat.server.api.PartitionStatsResource;
import io.deltacat.server.api.PlanResource;
import io.deltacat.server.api.Resource;
import io.deltacat.server.api.StreamResource;
import io.deltacat.server.api.SubscriptionResource;
import io.deltacat.server.api.TableChangeResource;
import io.deltacat.server.api.TableResource;
import io.deltacat.server.api.TableWriteResource;
import io.deltacat.server.api.TransactionResource;
import io.deltacat.server.api.WriteSessionResource;
import io.deltacat.server.data.DataDirectoryLock;
import io.deltacat.server.data.DataRoots;
import io.deltacat.server.fault.Faults;
import io.deltacat.server.http.HttpListener;
import io.deltacat.server.http.HttpOptions;
import io.deltacat.server.http.RequestObserver;
import io.deltacat.server.service.CatalogService;
import io.deltacat.server.service.CompactionService;
import io.deltacat.server.service.Compactor;
import io.deltacat.server.service.Housekeeping;
import io.deltacat.server.service.InlineWriteService;
import io.deltacat.server.service.NamespaceService;
import io.deltacat.server.service.PartitionStatsService;
import io.deltacat.server.service.PlanService;
import io.deltacat.server.service.PreviewService;
import io.deltacat.server.service.ServiceContext;
import io.deltacat.server.service.SessionService;
import io.deltacat.server.service.StreamService;
import io.deltacat.server.service.SubscriptionService;
import io.deltacat.server.service.TableChangeService;
import io.deltacat.server.service.TableService;
import io.deltacat.server.service.TokenWriteService;
import io.deltacat.server.service.TransactionService;
import io.deltacat.server.store.Store;
import io.deltacat.server.store.sqlite.SqliteStore;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A running DeltaCAT server on embedded storage. Thread-safe; several can run in one process, each on its own data
 * directory.
 */
public final class LocalServer implements AutoCloseable {
    private static final String DATABASE_FILE = "catalog.db";
    private static final String DATA_DIRECTORY = "data";
    private static final int WORKER_THREADS = 32;
    private static final long MAXIMUM_BODY_BYTES = 256L * 1024 * 1024;
    private static final long SWEEP_SECONDS = 15;

    private final URI uri;
    private final Faults faults;
    private final DataDirectoryLock lock;
    private final Store store;
    private final HttpListener listener;
    private final SessionService sessions;
    private final TransactionService transactions;
    private final ScheduledExecutorService sweeper;
    private final Compactor compactor;

    private LocalServer(
            URI uri,
            Faults faults,
            DataDirectoryLock lock,
            Store store,
            HttpListener listener,
            SessionService sessions,
            TransactionService transactions,
            ScheduledExecutorService sweeper,
            Compactor compactor) {
        this.uri = uri;
        this.faults = faults;
        this.lock = lock;
        this.store = store;
        this.listener = listener;
        this.sessions = sessions;
        this.transactions = transactions;
        this.sweeper = sweeper;
        this.compactor = compactor;
    }

    /**
     * Opens the data directory, binds the port and starts to answer. Request observers that the class path offers as
     * services are told about every request, next to the one of the options.
     *
     * @param options settings
     * @return the running server; the caller closes it
     * @throws IllegalStateException if another server uses the directory or the port
     * @throws io.deltacat.server.store.StoreUnavailableException if the database cannot be opened
     * @throws java.io.UncheckedIOException if the data directory cannot be created
     */
    public static LocalServer start(LocalServerOptions options) {
        Path directory = options.dataDirectory().toAbsolutePath().normalize();
        DataRoots roots = new DataRoots(directory.resolve(DATA_DIRECTORY));
        DataDirectoryLock lock = DataDirectoryLock.take(directory);
        try {
            return start(options, directory, roots, lock);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static LocalServer start(
            LocalServerOptions options, Path directory, DataRoots roots, DataDirectoryLock lock) {
        Store store = SqliteStore.open(
                directory.resolve(DATABASE_FILE),
                options.durability() == LocalServerOptions.Durability.POWER_LOSS,
                options.clock());
        try {
            return start(
                    options,
                    lock,
                    new ServiceContext(
                            store,
                            roots,
                            options.clock(),
                            options.random(),
                            options.catalog(),
                            options.sessionTimeToLive(),
                            options.transactionTimeToLive()));
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }

    private static LocalServer start(LocalServerOptions options, DataDirectoryLock lock, ServiceContext context) {
        Faults faults = new Faults();
        CatalogService catalogs = new CatalogService(context);
        NamespaceService namespaces = new NamespaceService(context);
        SessionService sessions = new SessionService(context);
        TransactionService transactions = new TransactionService(context);
        Compactor compactor = new Compactor(context, options.compaction());
        namespaces.ensureDefault();
        List<Resource> resources = new ArrayList<>(List.of(
                new HealthResource(),
                new CatalogResource(catalogs, options.authentication().isConfigured()),
                new NamespaceResource(namespaces, catalogs),
                new TableResource(new TableService(context), catalogs),
                new TableChangeResource(new TableChangeService(context), catalogs),
                new WriteSessionResource(sessions, catalogs),
                new TableWriteResource(
                        new InlineWriteService(context, sessions), new TokenWriteService(context, sessions), catalogs),
                new TransactionResource(transactions, catalogs),
                new PlanResource(new PlanService(context), catalogs),
                new StreamResource(new StreamService(context), catalogs),
                new SubscriptionResource(new SubscriptionService(context), catalogs),
                new PartitionStatsResource(new PartitionStatsService(context), new PreviewService(context), catalogs),
                new CompactionResource(new CompactionService(context, compactor), catalogs),
                new LaterResource()));
        if (options.faultsOverHttp()) {
            resources.add(new FaultResource(faults, sessions, transactions));
        }
        HttpListener listener = new HttpListener(
                new HttpOptions(
                        options.host(),
                        options.port(),
                        WORKER_THREADS,
                        MAXIMUM_BODY_BYTES,
                        options.authentication(),
                        observers(options),
                        () -> UUID.randomUUID().toString()),
                resources,
                faults);
        URI uri = listener.start();
        ScheduledExecutorService sweeper = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "deltacat-sweeper");
            thread.setDaemon(true);
            return thread;
        });
        sweeper.scheduleWithFixedDelay(
                new Housekeeping(context, transactions), SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
        compactor.start();
        return new LocalServer(
                uri, faults, lock, context.store(), listener, sessions, transactions, sweeper, compactor);
    }

    /** The observer of the options and those that the class path brings. */
    private static RequestObserver observers(LocalServerOptions options) {
        List<RequestObserver> observers = new ArrayList<>(List.of(options.observer()));
        ServiceLoader.load(RequestObserver.class, LocalServer.class.getClassLoader())
                .forEach(observers::add);
        return RequestObserver.all(observers);
    }

    /**
     * Where the server listens.
     *
     * @return base address with the real port, without trailing slash
     */
    public URI uri() {
        return uri;
    }

    /**
     * Faults of this server.
     *
     * @return hooks to switch faults on and off while it runs
     */
    public Faults faults() {
        return faults;
    }

    /**
     * Makes the time of a write session run out now.
     *
     * @param sessionId id of a session that stands alone
     */
    public void expireSession(String sessionId) {
        sessions.expireNow(sessionId);
    }

    /**
     * Makes the time of a transaction run out now.
     *
     * @param transactionId id of a running transaction
     */
    public void expireTransaction(String transactionId) {
        transactions.expireNow(transactionId);
    }

    /** Stops to listen, lets running requests end for a few seconds, and closes the store. Idempotent. */
    @Override
    public void close() {
        sweeper.shutdown();
        listener.close();
        compactor.close();
        store.close();
        lock.close();
    }
}
