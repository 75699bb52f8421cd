package io.deltacat.quickstart.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deltacat.quickstart.QuickStartException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.apache.flink.api.common.JobID;

/** Asks Flink's web interface about jobs. Thread-safe; each call blocks for at most ten seconds. */
public final class FlinkStatistics {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final URI web;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final ObjectMapper json = new ObjectMapper();

    /**
     * Points at a cluster.
     *
     * @param web the address of its web interface
     */
    public FlinkStatistics(URI web) {
        this.web = web;
    }

    /**
     * How many checkpoints of a job completed so far, savepoints included.
     *
     * @param job the job, running or ended
     * @return the number
     * @throws QuickStartException if the interface does not answer
     */
    public long completedCheckpoints(JobID job) {
        URI address = web.resolve("/jobs/" + job + "/checkpoints");
        try {
            HttpResponse<String> response = http.send(
                    HttpRequest.newBuilder(address).timeout(TIMEOUT).build(), HttpResponse.BodyHandlers.ofString());
            JsonNode completed = json.readTree(response.body()).path("counts").path("completed");
            if (response.statusCode() != 200 || !completed.isIntegralNumber()) {
                throw new QuickStartException("Flink answers " + response.statusCode() + " to " + address + ".");
            }
            return completed.asLong();
        } catch (IOException e) {
            throw new QuickStartException("Flink does not answer " + address + ": " + e.getMessage() + ".", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new QuickStartException("Interrupted while asking Flink.", e);
        }
    }
}
