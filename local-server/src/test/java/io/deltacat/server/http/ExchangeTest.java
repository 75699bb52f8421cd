package io.deltacat.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltacat.server.api.Reply;
import io.deltacat.server.api.Resource;
import io.deltacat.server.api.Route;
import io.deltacat.server.fault.Faults;
import io.deltacat.server.store.StoreUnavailableException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExchangeTest {
    @Test
    void aStoreThatIsGoneIsUnavailableAlsoWhileAReplyIsStreamed() throws Exception {
        Resource resource = () -> List.of(
                Route.get("/v1/whole", request -> {
                    throw new StoreUnavailableException("gone", null);
                }),
                Route.get(
                        "/v1/streamed",
                        request -> Reply.streamed(200, out -> {
                            throw new StoreUnavailableException("gone", null);
                        })));
        HttpOptions options =
                new HttpOptions("127.0.0.1", 0, 2, 1_000, BearerAuthentication.none(), request -> {}, () -> "request");
        try (HttpListener listener = new HttpListener(options, List.of(resource), new Faults())) {
            URI uri = listener.start();
            for (String path : List.of("/v1/whole", "/v1/streamed")) {
                HttpResponse<String> reply = HttpClient.newHttpClient()
                        .send(HttpRequest.newBuilder(uri.resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
                assertThat(reply.statusCode()).isEqualTo(503);
                assertThat(reply.body()).contains("service_unavailable", "\"retryable\":true");
                assertThat(reply.headers().firstValue("Retry-After")).contains("1");
            }
        }
    }
}
