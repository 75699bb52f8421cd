package io.deltacat.server.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.deltacat.client.model.CreateIfMissingInput;
import io.deltacat.client.model.CreateTableRequest;
import io.deltacat.server.machine.Refusal;
import io.deltacat.server.machine.RefusalKind;
import io.deltacat.server.machine.SchemaSpec;
import io.deltacat.server.machine.SchemeRules;
import io.deltacat.server.machine.TableSpec;
import io.deltacat.server.machine.TableSpecBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes checked table specifications from what requests carry. */
final class TableSpecs {
    /** Name of a table's first version. */
    static final String FIRST_VERSION = "1";

    private static final Set<String> LIFECYCLE_STATES =
            Set.of("created", "unreleased", "active", "deprecated", "beta", "deleted");
    private static final String DEFAULT_LIFECYCLE_STATE = "active";

    private TableSpecs() {}

    /** From the body of a table creation; the schema comes decoded. */
    static TableSpec of(
            String namespace, CreateTableRequest request, @Nullable SchemaSpec schema, ServiceContext context) {
        Names.check("table", request.table());
        String version = request.tableVersion() == null ? FIRST_VERSION : request.tableVersion();
        Names.check("table_version", version);
        List<String> contentTypes = request.contentTypes() == null ? List.of() : request.contentTypes();
        contentTypes.forEach(type -> ContentTypes.check("content_types", type));
        return TableSpecBuilder.builder()
                .tableId(context.newId())
                .namespace(namespace)
                .table(request.table())
                .tableVersion(version)
                .autoCreateNamespace(request.autoCreateNamespace())
                .namespaceProperties(known(request.namespaceProperties()))
                .description(request.tableDescription())
                .versionDescription(request.tableVersionDescription())
                .tableProperties(known(request.tableProperties()))
                .versionProperties(versionProperties(
                        request.tableVersionProperties(), request.defaultContentType(), request.layout()))
                .lifecycleState(lifecycleState(request.lifecycleState()))
                .schema(schema)
                .partitionScheme(
                        SchemeRules.partition("partition_scheme", request.partitionScheme(), schema, context.newId())
                                .orElse(null))
                .sortScheme(SchemeRules.sort("sort_scheme", request.sortScheme(), schema, context.newId())
                        .orElse(null))
                .contentTypes(contentTypes)
                .build();
    }

    /** From the part of a session's body that says how to create its table. */
    static TableSpec of(
            String namespace,
            String table,
            @Nullable String tableVersion,
            CreateIfMissingInput input,
            @Nullable SchemaSpec schema,
            ServiceContext context) {
        Names.check("table", table);
        String tableId = input.newTableId() == null ? context.newId() : input.newTableId();
        return TableSpecBuilder.builder()
                .tableId(tableId)
                .namespace(namespace)
                .table(table)
                .tableVersion(tableVersion == null ? FIRST_VERSION : tableVersion)
                .autoCreateNamespace(!Boolean.FALSE.equals(input.autoCreateNamespace()))
                .namespaceProperties(known(input.namespaceProperties()))
                .description(input.tableDescription())
                .tableProperties(known(input.tableProperties()))
                .versionProperties(
                        versionProperties(input.tableVersionProperties(), input.defaultContentType(), input.layout()))
                .lifecycleState(DEFAULT_LIFECYCLE_STATE)
                .schema(schema)
                .partitionScheme(
                        SchemeRules.partition("partition_scheme", input.partitionScheme(), schema, context.newId())
                                .orElse(null))
                .sortScheme(SchemeRules.sort("sort_scheme", input.sortScheme(), schema, context.newId())
                        .orElse(null))
                .contentTypes(List.of())
                .build();
    }

    private static String lifecycleState(@Nullable String given) {
        if (given == null) {
            return DEFAULT_LIFECYCLE_STATE;
        }
        if (!LIFECYCLE_STATES.contains(given)) {
            throw Refusal.of(
                            RefusalKind.INVALID_FIELD,
                            "field 'lifecycle_state' is '" + given + "'; expected one of "
                                    + String.join(
                                            ", ",
                                            LIFECYCLE_STATES.stream().sorted().toList()))
                    .with("field", "lifecycle_state")
                    .asException();
        }
        return given;
    }

    private static Map<String, JsonNode> versionProperties(
            @Nullable Map<String, JsonNode> given, @Nullable String defaultContentType, @Nullable String layout) {
        Map<String, JsonNode> properties = new LinkedHashMap<>(known(given));
        if (defaultContentType != null) {
            ContentTypes.check("default_content_type", defaultContentType);
            properties.put("default_content_type", TextNode.valueOf(defaultContentType));
        }
        if (layout != null) {
            properties.put("dataset_layout", TextNode.valueOf(layout));
        }
        return properties;
    }

    private static Map<String, JsonNode> known(@Nullable Map<String, JsonNode> given) {
        Map<String, JsonNode> properties = new LinkedHashMap<>();
        if (given != null) {
            given.forEach((key, value) -> {
                if (value != null) {
                    properties.put(key, value);
                }
            });
        }
        return properties;
    }
}
