package io.deltacat.server.machine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltacat.client.model.MergeOrder;
import io.deltacat.client.model.SchemaField;
import io.deltacat.client.read.merge.MergeOrderKey;
import java.util.ArrayList;
import java.util.List;

/**
 * Which of several rows of one key and one position stays (protocol/data-plane.md §2.5). A table declares which row comes first;
 * readers keep the last one, so that plans name the reverse order. Pure.
 */
public final class MergeOrderRules {
    private static final String ASCENDING = "ascending";
    private static final String DESCENDING = "descending";

    private MergeOrderRules() {}

    /**
     * The order in which the last row wins: fields with a merge order in schema order; an event time without one lets the
     * latest win.
     *
     * @param fields the table's fields
     * @return keys, most significant first
     */
    public static List<MergeOrderKey> keys(List<SchemaField> fields) {
        List<MergeOrderKey> keys = new ArrayList<>();
        for (SchemaField field : fields) {
            MergeOrder order = field.mergeOrder();
            String name = field.name();
            if (name == null) {
                continue;
            }
            if (order != null) {
                keys.add(new MergeOrderKey(name, !order.sortOrder().equals(DESCENDING)));
            } else if (Boolean.TRUE.equals(field.isEventTime())) {
                keys.add(new MergeOrderKey(name, false));
            }
        }
        return keys;
    }

    /**
     * The same keys as plans show them.
     *
     * @param keys keys in the order in which the last row wins
     * @return one JSON object per key
     */
    public static List<JsonNode> wireForm(List<MergeOrderKey> keys) {
        List<JsonNode> wire = new ArrayList<>();
        for (MergeOrderKey key : keys) {
            ObjectNode node = JsonNodeFactory.instance.objectNode();
            node.putArray("key").add(key.column());
            node.put("sort_order", key.descending() ? DESCENDING : ASCENDING);
            node.put("null_order", "at_end");
            wire.add(node);
        }
        return wire;
    }
}
