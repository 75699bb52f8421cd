package io.deltacat.server.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.deltacat.client.model.CreateIfMissingInput;
import io.deltacat.client.model.CreateTableRequest;
import io.deltacat.server.machine.Lifecycle;
import io.deltacat.server.machine.PropertyRules;
import io.deltacat.server.machine.SchemaSpec;
import io.deltacat.server.machine.SchemeRules;
import io.deltacat.server.machine.TableSpec;
import io.deltacat.server.machine.TableSpecBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes checked table specifications from what requests carry. */
final class TableSpecs {
    /** Name of a table's first version. */
    static final String FIRST_VERSION = "1";

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
                .namespaceProperties(known("namespace_properties", request.namespaceProperties()))
                .description(request.tableDescription())
                .versionDescription(request.tableVersionDescription())
                .tableProperties(known("table_properties", request.tableProperties()))
                .versionProperties(PropertyRules.merged(
                        Map.of(),
                        versionProperties(
                                request.tableVersionProperties(), request.defaultContentType(), request.layout())))
                .lifecycleState(Lifecycle.state(request.lifecycleState()))
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
                .namespaceProperties(known("namespace_properties", input.namespaceProperties()))
                .description(input.tableDescription())
                .tableProperties(known("table_properties", input.tableProperties()))
                .versionProperties(PropertyRules.merged(
                        Map.of(),
                        versionProperties(input.tableVersionProperties(), input.defaultContentType(), input.layout())))
                .lifecycleState(Lifecycle.ACTIVE)
                .schema(schema)
                .partitionScheme(
                        SchemeRules.partition("partition_scheme", input.partitionScheme(), schema, context.newId())
                                .orElse(null))
                .sortScheme(SchemeRules.sort("sort_scheme", input.sortScheme(), schema, context.newId())
                        .orElse(null))
                .contentTypes(List.of())
                .build();
    }

    /** Properties of a version with those that have a field of their own. */
    static Map<String, JsonNode> versionProperties(
            @Nullable Map<String, JsonNode> given, @Nullable String defaultContentType, @Nullable String layout) {
        PropertyRules.check("table_version_properties", given);
        Map<String, JsonNode> properties = new LinkedHashMap<>();
        if (given != null) {
            properties.putAll(given);
        }
        if (defaultContentType != null) {
            ContentTypes.check("default_content_type", defaultContentType);
            properties.put("default_content_type", TextNode.valueOf(defaultContentType));
        }
        if (layout != null) {
            properties.put("dataset_layout", TextNode.valueOf(layout));
        }
        return properties;
    }

    private static Map<String, JsonNode> known(String field, @Nullable Map<String, JsonNode> given) {
        PropertyRules.check(field, given);
        return PropertyRules.merged(Map.of(), given);
    }
}
