package io.deltacat.server.api;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.deltacat.client.model.DataFile;
import io.deltacat.client.model.ReadPlan;
import io.deltacat.client.model.ScanTask;
import io.deltacat.server.service.PlanSink;
import io.deltacat.server.service.PlanTotals;
import io.deltacat.server.service.ReplyCodec;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.Set;

/** Writes a plan as it comes, scan task by scan task. Confined to one request. */
final class PlanWriter implements PlanSink {
    private static final String SCAN_TASKS = "scan_tasks";
    private static final String FILES = "files";
    private static final Set<String> AFTER_TASKS = Set.of(
            SCAN_TASKS,
            "total_files",
            "total_records",
            "total_bytes",
            "returned_files",
            "truncated",
            "next_file_offset");
    private static final JsonMapper MAPPER = ReplyCodec.mapper()
            .rebuild()
            .disable(SerializationFeature.FLUSH_AFTER_WRITE_VALUE)
            .build();

    private final JsonGenerator generator;
    private boolean inTask;

    PlanWriter(OutputStream out) throws IOException {
        generator = MAPPER.createGenerator(out);
        generator.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        generator.disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
    }

    @Override
    public void begin(ReadPlan plan) throws IOException {
        generator.writeStartObject();
        writeFields(MAPPER.valueToTree(plan), AFTER_TASKS);
        generator.writeArrayFieldStart(SCAN_TASKS);
    }

    @Override
    public void task(ScanTask task) throws IOException {
        endTask();
        generator.writeStartObject();
        writeFields(MAPPER.valueToTree(task), Set.of(FILES));
        generator.writeArrayFieldStart(FILES);
        inTask = true;
    }

    @Override
    public void file(DataFile file) throws IOException {
        MAPPER.writeValue(generator, file);
    }

    @Override
    public void end(PlanTotals totals) throws IOException {
        endTask();
        generator.writeEndArray();
        generator.writeNumberField("total_files", totals.files());
        generator.writeNumberField("total_records", totals.records());
        generator.writeNumberField("total_bytes", totals.bytes());
        generator.writeNumberField("returned_files", totals.returnedFiles());
        generator.writeBooleanField("truncated", totals.truncated());
        Long next = totals.nextFileOffset();
        if (next != null) {
            generator.writeNumberField("next_file_offset", next);
        }
        generator.writeEndObject();
        generator.close();
    }

    private void endTask() throws IOException {
        if (inTask) {
            generator.writeEndArray();
            generator.writeEndObject();
            inTask = false;
        }
    }

    private void writeFields(JsonNode object, Set<String> without) throws IOException {
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            if (!without.contains(field.getKey())) {
                generator.writeFieldName(field.getKey());
                MAPPER.writeTree(generator, field.getValue());
            }
        }
    }
}
