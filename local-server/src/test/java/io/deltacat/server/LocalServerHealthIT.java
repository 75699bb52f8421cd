package io.deltacat.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalServerHealthIT {
    @TempDir
    Path directory;

    @Test
    void answersHealthOnAPortOfItsOwnChoice() throws Exception {
        try (LocalServer server = LocalServer.start(
                LocalServerOptions.builder().dataDirectory(directory).build())) {
            HttpResponse<String> reply = get(server.uri() + "/health");
            assertThat(reply.statusCode()).isEqualTo(200);
        }
    }

    @Test
    void unknownPathsAndMethodsGetTheErrorEnvelope() throws Exception {
        try (LocalServer server = LocalServer.start(
                LocalServerOptions.builder().dataDirectory(directory).build())) {
            HttpResponse<String> reply = get(server.uri() + "/nowhere");
            assertThat(reply.statusCode()).isEqualTo(404);
            assertThat(reply.body()).contains("\"error\"").contains("\"code\":\"not_found\"");
        }
    }

    private static HttpResponse<String> get(String uri) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(uri)).build(), HttpResponse.BodyHandlers.ofString());
    }
}
