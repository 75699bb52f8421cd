package io.deltacat.server.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.deltacat.client.filter.Filter;
import io.deltacat.server.machine.Refusal;
import io.deltacat.server.machine.RefusalKind;
import io.deltacat.server.service.CatalogService;
import io.deltacat.server.service.PlanQuery;
import io.deltacat.server.service.PlanQueryBuilder;
import io.deltacat.server.service.PlanService;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Read plans. */
public final class PlanResource implements Resource {
    private static final Map<String, String> NOT_OFFERED = Map.of(
            "staged_stream_id", "this server stages no streams",
            "recipe_hash", "this server keeps no recipes",
            "manifest_identity_properties", "this server does not attest manifests",
            "frontier_operation_id", "this server does not attest partition frontiers",
            "frontier_authority_id", "this server does not attest partition frontiers",
            "include_partition_frontier", "this server does not attest partition frontiers",
            "include_folded_b0_delta_authority", "this server keeps no folded deltas");
    private static final List<String> FLAGS =
            List.of("include_partition_frontier", "include_folded_b0_delta_authority");
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
        });
    }

    private static PlanQuery query(Request request) {
        NOT_OFFERED.forEach((name, reason) -> {
            boolean asked = FLAGS.contains(name)
                    ? request.queryFlag(name, false)
                    : request.query(name).isPresent();
            if (asked) {
                throw notOffered(name, reason);
            }
        });
        Filter filter = filter(request);
        return PlanQueryBuilder.builder()
                .namespace(request.pathValue("namespace"))
                .table(request.pathValue("table"))
                .tableVersion(request.query("table_version").orElse(null))
                .asOf(request.queryLong("as_of", 0, Long.MAX_VALUE).orElse(null))
                .transaction(Queries.reading(request))
                .columns(names(request, "columns").orElse(null))
                .partitions(partitions(request))
                .filter(filter)
                .fileOffset(request.queryLong("file_offset", 0, Long.MAX_VALUE).orElse(0L))
                .maxFiles(request.queryLong("max_files", 0, Integer.MAX_VALUE).orElse(null))
                .includeFiles(request.queryFlag("include_files", true))
                .includeColumnStats(request.queryFlag("include_column_stats", filter != null))
                .withoutCredentials(request.queryFlag("uncredentialed_manifest_only", false))
                .preferredRoot(request.query("preferred_root").orElse(null))
                .credentialRoots(names(request, "credential_data_root_uris").orElse(List.of()))
                .expectedTableId(request.query("expected_table_id").orElse(null))
                .build();
    }

    /** The filter; null for none. */
    private static @Nullable Filter filter(Request request) {
        Optional<JsonNode> given = Queries.json(request, FILTER).filter(node -> !node.isNull());
        if (given.isPresent() && given.get().has(FILTER_IN_BODY)) {
            JsonNode body = Bodies.object(request).path(FILTER);
            if (!body.isObject()) {
                throw Bodies.invalid(FILTER, "is missing in the body, or no object");
            }
            given = Optional.of(body);
        }
        return Queries.filter(FILTER, given.orElse(null));
    }

    private static Optional<List<String>> names(Request request, String parameter) {
        Optional<JsonNode> given = Queries.json(request, parameter).filter(node -> !node.isNull());
        if (given.isEmpty()) {
            return Optional.empty();
        }
        if (!given.get().isArray()) {
            throw Bodies.invalid(parameter, "is no JSON list of texts");
        }
        List<String> names = new ArrayList<>();
        for (JsonNode name : given.get()) {
            if (!name.isTextual()) {
                throw Bodies.invalid(parameter, "holds " + Texts.shorten(name.toString()) + "; expected texts");
            }
            names.add(name.textValue());
        }
        return Optional.of(names);
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
            } else if (item.path("partition_id").isTextual() || item.has("partition_values")) {
                choices.add(new PlanQuery.PartitionChoice(
                        item.path("partition_id").textValue(), item.get("partition_values")));
            } else {
                throw Bodies.invalid(
                        "partition_filter",
                        "holds " + Texts.shorten(item.toString())
                                + "; expected a partition id, {partition_id} or {partition_values}");
            }
        }
        return choices;
    }

    private static RuntimeException notOffered(String name, String reason) {
        return Refusal.of(
                        RefusalKind.UNSUPPORTED,
                        "query parameter '" + name + "' is not offered: " + reason + "; leave it out")
                .with("field", name)
                .asException();
    }
}
