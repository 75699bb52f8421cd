package io.deltacat.client.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OpenApiContractTest {
    private final OpenApiContract contract = OpenApiContract.version("0.1.67");

    private static Optional<JsonNode> json(String text) {
        try {
            return Optional.of(new ObjectMapper().readTree(text));
        } catch (java.io.IOException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    private static OpenApiContract.Traffic commit(String body, int status, String reply) {
        return new OpenApiContract.Traffic(
                "POST", "/v1/transactions/t-1/commit", Set.of(), json(body), status, json(reply));
    }

    private static final String TRANSACTION =
            "{\"transaction_id\":\"t\",\"transaction_version\":2,\"status\":\"COMMITTED\",\"created_at\":1,"
                    + "\"expires_at\":2,\"last_heartbeat_at\":1}";

    @Test
    void goodTrafficHasNoViolations() {
        assertThat(contract.violations(commit("{\"transaction_version\":1}", 200, TRANSACTION)))
                .isEmpty();
    }

    @Test
    void wrongTypesMissingFieldsAndUnknownOperationsAreFound() {
        assertThat(contract.violations(commit("{\"transaction_version\":\"1\"}", 200, TRANSACTION)))
                .singleElement()
                .asString()
                .contains("request")
                .contains("transaction_version");
        assertThat(contract.violations(commit("{\"transaction_version\":1}", 200, "{}")))
                .isNotEmpty()
                .allMatch(line -> line.contains("reply"));
        assertThat(contract.violations(commit("{\"transaction_version\":1}", 418, "{}")))
                .singleElement()
                .asString()
                .contains("undeclared status");
        assertThat(contract.violations(new OpenApiContract.Traffic(
                        "GET", "/v1/nothing", Set.of(), Optional.empty(), 200, Optional.empty())))
                .singleElement()
                .asString()
                .contains("undeclared operation");
        assertThat(contract.violations(new OpenApiContract.Traffic(
                        "GET",
                        "/v1/subscriptions",
                        Set.of("since"),
                        Optional.empty(),
                        200,
                        json("{\"subscriptions\":[]}"))))
                .singleElement()
                .asString()
                .contains("'since'");
    }

    @Test
    void literalSegmentsWinOverParameters() {
        assertThat(contract.operationOf("get", "/v1/jobs/next")).contains("GET /v1/jobs/next");
        assertThat(contract.operationOf("get", "/v1/jobs/j-1")).contains("GET /v1/jobs/{session_id}");
        assertThat(OpenApiContract.version("0.1.1").operations()).hasSize(115);
        assertThat(contract.operations()).hasSize(156);
    }
}
