package io.deltacat.server.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.deltacat.server.machine.Refusal;
import io.deltacat.server.machine.RefusalKind;
import io.deltacat.server.service.CatalogService;
import io.deltacat.server.service.PlanQuery;
import io.deltacat.server.service.PlanQueryBuilder;
import io.deltacat.server.service.PlanService;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Read plans. */
public final class PlanResource implements Resource {
    private static final List<String> NOT_OFFERED = List.of(
            "staged_stream_id",
            "recipe_hash",
            "credential_data_root_uris",
            "manifest_identity_properties",
            "frontier_operation_id",
            "frontier_authority_id");
    private static final String FILTER = "filter_predicate";
    private static final String FILTER_IN_BODY = "__deltacat_filter_predicate_body__";

    private final PlanService plans;
    private final CatalogService catalogs;

    /**
     * The resource.
     *
     * @param plans use cases
     * @param catalogs knows the catalogs
     */
    public PlanResource(PlanService plans, CatalogService catalogs) {
        this.plans = plans;
        this.catalogs = catalogs;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.post("/v1/namespaces/{namespace}/tables/{table}/plan", Queries.inCatalog(catalogs, this::plan)));
    }

    private Reply plan(Request request) {
        PlanQuery query = query(request);
        return Reply.streamed(200, out -> {
            PlanWriter writer = new PlanWriter(out);
            plans.plan(query, writer);
            writer.end();
        });
    }

    private static PlanQuery query(Request request) {
        for (String name : NOT_OFFERED) {
            if (request.query(name).isPresent()) {
                throw notOffered(name);
            }
        }
        if (request.queryFlag("include_partition_frontier", false)) {
            throw notOffered("include_partition_frontier");
        }
        boolean filtered = filter(request).isPresent();
        return PlanQueryBuilder.builder()
                .namespace(request.pathValue("namespace"))
                .table(request.pathValue("table"))
                .tableVersion(request.query("table_version").orElse(null))
                .asOf(request.queryLong("as_of", 0, Long.MAX_VALUE).orElse(null))
                .transaction(Queries.reading(request))
                .columns(columns(request))
                .partitions(partitions(request))
                .fileOffset(request.queryLong("file_offset", 0, Long.MAX_VALUE).orElse(0L))
                .maxFiles(request.queryLong("max_files", 0, Integer.MAX_VALUE).orElse(null))
                .includeFiles(request.queryFlag("include_files", true))
                .includeColumnStats(request.queryFlag("include_column_stats", filtered))
                .build();
    }

    /** The filter, which a client applies to rows again: this server reads it, and prunes nothing yet. */
    private static Optional<JsonNode> filter(Request request) {
        Optional<JsonNode> given = Queries.json(request, FILTER).filter(node -> !node.isNull());
        if (given.isPresent() && given.get().has(FILTER_IN_BODY)) {
            JsonNode body = Bodies.object(request).path(FILTER);
            if (!body.isObject()) {
                throw Bodies.invalid(FILTER, "is missing in the body, or no object");
            }
            return Optional.of(body);
        }
        if (given.isPresent() && !given.get().isObject()) {
            throw Bodies.invalid(FILTER, "is no JSON object");
        }
        return given.filter(node -> !node.isEmpty());
    }

    private static @Nullable List<String> columns(Request request) {
        Optional<JsonNode> given = Queries.json(request, "columns").filter(node -> !node.isNull());
        if (given.isEmpty()) {
            return null;
        }
        List<String> columns = new ArrayList<>();
        if (!given.get().isArray()) {
            throw Bodies.invalid("columns", "is no JSON list of column names");
        }
        for (JsonNode column : given.get()) {
            if (!column.isTextual()) {
                throw Bodies.invalid(
                        "columns", "holds " + Texts.shorten(column.toString()) + "; expected column names");
            }
            columns.add(column.textValue());
        }
        return columns;
    }

    private static @Nullable List<PlanQuery.PartitionChoice> partitions(Request request) {
        Optional<JsonNode> given = Queries.json(request, "partition_filter").filter(node -> !node.isNull());
        if (given.isEmpty()) {
            return null;
        }
        if (!given.get().isArray()) {
            throw Bodies.invalid("partition_filter", "is no JSON list");
        }
        List<PlanQuery.PartitionChoice> choices = new ArrayList<>();
        for (JsonNode item : given.get()) {
            if (item.isTextual()) {
                choices.add(new PlanQuery.PartitionChoice(item.textValue(), null));
            } else if (item.isObject() && item.path("partition_id").isTextual()) {
                choices.add(
                        new PlanQuery.PartitionChoice(item.get("partition_id").textValue(), null));
            } else if (item.isObject() && item.has("partition_values")) {
                choices.add(new PlanQuery.PartitionChoice(
                        null, item.get("partition_values").toString()));
            } else {
                throw Bodies.invalid(
                        "partition_filter",
                        "holds " + Texts.shorten(item.toString())
                                + "; expected a partition id, {partition_id} or {partition_values}");
            }
        }
        return choices;
    }

    private static RuntimeException notOffered(String name) {
        return Refusal.of(
                        RefusalKind.UNSUPPORTED,
                        "query parameter '" + name + "' is not offered by this server; leave it out")
                .with("field", name)
                .asException();
    }
}
