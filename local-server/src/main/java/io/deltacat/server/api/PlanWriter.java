package io.deltacat.server.api;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.deltacat.client.model.ReadPlan;
import io.deltacat.client.model.ScanTask;
import io.deltacat.server.service.PlanSink;
import io.deltacat.server.service.ReplyCodec;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/** Writes a plan as it comes, scan task by scan task. Confined to one request. */
final class PlanWriter implements PlanSink {
    private static final String SCAN_TASKS = "scan_tasks";
    private static final JsonMapper MAPPER = ReplyCodec.mapper()
            .rebuild()
            .disable(SerializationFeature.FLUSH_AFTER_WRITE_VALUE)
            .build();

    private final JsonGenerator generator;

    PlanWriter(OutputStream out) throws IOException {
        generator = MAPPER.createGenerator(out);
        generator.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        generator.disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
    }

    @Override
    public void begin(ReadPlan plan) throws IOException {
        JsonNode header = MAPPER.valueToTree(plan);
        generator.writeStartObject();
        for (Map.Entry<String, JsonNode> field : header.properties()) {
            if (!field.getKey().equals(SCAN_TASKS)) {
                generator.writeFieldName(field.getKey());
                MAPPER.writeTree(generator, field.getValue());
            }
        }
        generator.writeArrayFieldStart(SCAN_TASKS);
    }

    @Override
    public void task(ScanTask task) throws IOException {
        MAPPER.writeValue(generator, task);
    }

    /** Ends the document. */
    void end() throws IOException {
        generator.writeEndArray();
        generator.writeEndObject();
        generator.close();
    }
}
