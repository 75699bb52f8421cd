package io.deltacat.server.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.deltacat.client.model.PartitionScheme;
import io.deltacat.server.machine.PartitionRules;
import io.deltacat.server.machine.RefusedException;
import io.deltacat.server.machine.SchemaSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The stored form of partition values: JSON text, {@code null} for an unpartitioned table. */
final class PartitionValues {
    /** Stored form for an unpartitioned table. */
    static final String UNPARTITIONED = "null";

    private static final TypeReference<List<@Nullable Object>> VALUES = new TypeReference<>() {};
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private PartitionValues() {}

    /** The stored form of values; null for an unpartitioned table. */
    static String encode(@Nullable List<@Nullable Object> values) {
        try {
            return values == null ? UNPARTITIONED : MAPPER.writeValueAsString(values);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot encode partition values " + values, e);
        }
    }

    /**
     * The stored form of values that a caller looks for; values that cannot be there are left as they are.
     *
     * @param wanted JSON list, or JSON null for an unpartitioned table
     * @param found the table
     */
    static String lookup(JsonNode wanted, TableLookup found) {
        PartitionScheme scheme = found.version().partitionScheme();
        if (!wanted.isArray() || scheme == null) {
            return wanted.toString();
        }
        try {
            SchemaSpec schema = found.schema();
            return encode(PartitionRules.canonical(
                    scheme,
                    schema == null ? List.of() : schema.fields(),
                    decode(wanted.toString()),
                    null,
                    "partition_values"));
        } catch (RefusedException e) {
            return wanted.toString(); // values of an older scheme, or none of this table
        }
    }

    /** The values as a JSON tree; JSON null for an unpartitioned table. */
    static JsonNode tree(String stored) {
        try {
            return MAPPER.readTree(stored);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("stored partition values '" + stored + "' are no JSON", e);
        }
    }

    /** The values; null for an unpartitioned table. */
    static @Nullable List<@Nullable Object> decode(String stored) {
        if (stored.equals(UNPARTITIONED)) {
            return null;
        }
        try {
            return MAPPER.readValue(stored, VALUES);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("stored partition values '" + stored + "' are no JSON list", e);
        }
    }
}
