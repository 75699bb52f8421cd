package io.deltacat.server.service;

import io.deltacat.client.model.CatalogDescription;
import io.deltacat.client.model.CatalogDescriptionBuilder;
import io.deltacat.client.model.CatalogList;
import io.deltacat.client.model.CatalogSummary;
import io.deltacat.server.machine.Refusal;
import io.deltacat.server.machine.RefusalKind;
import java.util.List;

/** Use cases of catalogs; this server has one. Thread-safe. */
public final class CatalogService {
    private final ServiceContext context;

    /**
     * The service.
     *
     * @param context what it works with
     */
    public CatalogService(ServiceContext context) {
        this.context = context;
    }

    /**
     * Refuses a catalog that this server does not have.
     *
     * @param catalog name a request gave
     */
    public void require(String catalog) {
        if (!catalog.equals(context.catalog())) {
            throw Refusal.of(
                            RefusalKind.NOT_FOUND,
                            "catalog '" + catalog + "' does not exist; this server has '" + context.catalog() + "'")
                    .with("catalog", catalog)
                    .asException();
        }
    }

    /** Lists the catalogs. */
    public CatalogList list() {
        String root = context.roots().managedRoot().toString();
        return new CatalogList(List.of(
                new CatalogSummary(context.catalog(), root, context.roots().describe(), true, root)));
    }

    /** Describes a catalog. */
    public CatalogDescription describe(String catalog) {
        require(catalog);
        String root = context.roots().managedRoot().toString();
        return CatalogDescriptionBuilder.builder()
                .name(catalog)
                .root(root)
                .dataRoot(root)
                .dataRoots(context.roots().describe())
                .build();
    }
}
