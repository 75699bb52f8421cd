package io.deltacat.server.api;

import io.deltacat.server.machine.Refusal;
import io.deltacat.server.machine.RefusalKind;
import java.util.List;

/**
 * Operations of the protocol that are no part of this server: control of jobs, publications, transforms and pipelines,
 * placement, grants, and administration of storage. Each is answered with {@code unsupported_operation}, which names it.
 */
public final class LaterResource implements Resource {
    private static final String OPERATIONS = """
            # Jobs
            GET /v1/jobs
            POST /v1/jobs/gc/audit
            GET /v1/jobs/gc/exempt
            POST /v1/jobs/gc/recover
            GET /v1/jobs/gc/stats
            GET /v1/jobs/next
            GET /v1/jobs/next/scoped
            POST /v1/jobs/submit/gc/archive
            POST /v1/jobs/submit/gc/full
            POST /v1/jobs/submit/gc/outbox
            POST /v1/jobs/submit/gc/purge
            POST /v1/jobs/submit/gc/restore
            POST /v1/jobs/submit/gc/scan
            POST /v1/jobs/submit/janitor
            POST /v1/jobs/submit/langolier
            POST /v1/jobs/submit/placement-hash-baseline
            POST /v1/jobs/submit/relay
            POST /v1/jobs/submit/retention
            POST /v1/jobs/{job_id}/complete
            GET /v1/jobs/{job_id}/detail
            GET /v1/jobs/{job_id}/events
            POST /v1/jobs/{job_id}/events
            POST /v1/jobs/{job_id}/fail
            POST /v1/jobs/{job_id}/fail-pending
            POST /v1/jobs/{job_id}/heartbeat
            GET /v1/jobs/{session_id}
            GET /v1/jobs/{session_id}/progress
            # Of the oldest clients: clean-up of one table, which this server does by itself
            POST /v1/namespaces/{namespace}/tables/{table}/langolier
            # Publications
            GET /v1/publications
            POST /v1/publications
            GET /v1/publications/{publication_id}
            PUT /v1/publications/{publication_id}
            DELETE /v1/publications/{publication_id}
            POST /v1/publications/{publication_id}/managers
            DELETE /v1/publications/{publication_id}/managers
            POST /v1/publications/{publication_id}/run
            # Transforms
            GET /v1/transforms
            POST /v1/transforms
            GET /v1/transforms/{transform_id}
            PUT /v1/transforms/{transform_id}
            DELETE /v1/transforms/{transform_id}
            POST /v1/transforms/{transform_id}/managers
            DELETE /v1/transforms/{transform_id}/managers
            POST /v1/transforms/{transform_id}/pause
            POST /v1/transforms/{transform_id}/redrive
            POST /v1/transforms/{transform_id}/resume
            POST /v1/transforms/{transform_id}/run
            GET /v1/transforms/{transform_id}/sinks/ownership
            POST /v1/transforms/{transform_id}/sinks/reclaim
            POST /v1/transforms/{transform_id}/sinks/release
            GET /v1/transforms/{transform_id}/watermark
            # Pipelines
            GET /v1/pipelines
            POST /v1/pipelines
            POST /v1/pipelines/discover
            POST /v1/pipelines/metadata
            POST /v1/pipelines/source-nodes/query
            GET /v1/pipelines/{pipeline_id}
            PUT /v1/pipelines/{pipeline_id}
            DELETE /v1/pipelines/{pipeline_id}
            POST /v1/pipelines/{pipeline_id}/managers
            DELETE /v1/pipelines/{pipeline_id}/managers
            POST /v1/pipelines/{pipeline_id}/pause
            POST /v1/pipelines/{pipeline_id}/redrive
            POST /v1/pipelines/{pipeline_id}/resume
            GET /v1/pipelines/{pipeline_id}/status
            # Subscriptions that start work, and who may
            POST /v1/subscriptions/{subscriber_id}/trigger
            POST /v1/subscriptions/{subscriber_id}/run
            POST /v1/subscriptions/{subscriber_id}/redrive
            POST /v1/subscriptions/{subscriber_id}/managers
            DELETE /v1/subscriptions/{subscriber_id}/managers
            # Placement
            POST /v1/catalogs/{catalog_name}/exact-placement-roots
            DELETE /v1/catalogs/{catalog_name}/exact-placement-roots/{root_name}
            GET /v1/namespaces/{namespace}/tables/{table}/frontier-progress
            GET /v1/namespaces/{namespace}/tables/{table}/placement
            POST /v1/namespaces/{namespace}/tables/{table}/placement
            GET /v1/namespaces/{namespace}/tables/{table}/placement/progress
            DELETE /v1/namespaces/{namespace}/tables/{table}/placement/{root}
            # Grants and users
            GET /v1/auth/grants
            POST /v1/auth/grants
            DELETE /v1/auth/grants
            POST /v1/auth/users
            POST /v1/auth/users/{user_id}/tokens
            DELETE /v1/auth/users/{user_id}/tokens/{token_id}
            # Storage administration
            POST /v1/catalogs/{catalog_name}/data-roots
            PUT /v1/catalogs/{catalog_name}/data-roots/{root_name}
            GET /v1/catalogs/{catalog_name}/discovery-roots
            POST /v1/catalogs/{catalog_name}/discovery-roots
            GET /v1/catalogs/{catalog_name}/discovery-roots/{root_name}
            PUT /v1/catalogs/{catalog_name}/discovery-roots/{root_name}
            DELETE /v1/catalogs/{catalog_name}/discovery-roots/{root_name}
            POST /v1/catalogs/{catalog_name}/storage-bindings
            PUT /v1/catalogs/{catalog_name}/storage-bindings/{binding_name}
            GET /v1/catalogs/{catalog_name}/storage-bindings/{binding_name}/revision-certifications
            POST /v1/catalogs/{catalog_name}/storage-bindings/{binding_name}/revision-certifications
            POST /v1/catalogs/{catalog_name}/storage-bindings/{binding_name}/revision-certifications/{operation_id}/revoke
            GET /v1/catalogs/{catalog_name}/storage-control
            POST /v1/catalogs/{catalog_name}/storage-control/rehearse-manifest-admission
            POST /v1/namespaces/{namespace}/manifest-ledger/insert-event-if-absent
            # Faults of the reference server; this one has its own, see FaultResource
            GET /v1/admin/fault-injections
            POST /v1/admin/fault-injections
            DELETE /v1/admin/fault-injections/{rule_id}
            """;

    @Override
    public List<Route> routes() {
        return OPERATIONS
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(LaterResource::route)
                .toList();
    }

    private static Route route(String operation) {
        int space = operation.indexOf(' ');
        return new Route(operation.substring(0, space), operation.substring(space + 1), request -> {
            throw Refusal.of(
                            RefusalKind.UNSUPPORTED,
                            "operation " + operation + " is not offered by this server; it serves tables, data, write"
                                    + " sessions, transactions and subscriptions")
                    .with("operation", operation)
                    .asException();
        });
    }
}
