package io.deltacat.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.deltacat.client.http.HttpReply;
import io.deltacat.client.http.HttpRequest;
import io.deltacat.client.http.Transport;
import io.deltacat.client.http.TransportFailure;
import io.deltacat.client.model.RemoteTransaction;
import io.deltacat.client.model.WireJson;
import io.deltacat.client.model.WriteSession;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Invariant 6 of the design: no token or storage secret in logs, exception texts or {@code toString}. */
class SecretsTest {
    private static final String TOKEN = "tok-4711-SECRET";
    private static final String KEY = "AKIASECRETKEY";
    private static final String CREDENTIALS = "{\"default\":{\"access_key_id\":\"" + KEY
            + "1\",\"secret_access_key\":\"" + KEY + "2\",\"session_token\":\"" + KEY + "3\"}}";
    private static final String SESSION = """
            {"session_id":"ws","session_version":1,"status":"OPEN","namespace":"n","table":"t","mode":"add",
             "format":"parquet","data_dir":"/d","table_exists":true,"created_at":1,"expires_at":2,
             "last_heartbeat_at":1,"credentials":%s}""".formatted(CREDENTIALS);
    private static final String TRANSACTION = """
            {"transaction_id":"tx","transaction_version":1,"status":"RUNNING","created_at":1,"expires_at":2,
             "last_heartbeat_at":1,"refreshed_credentials":%s,"refreshed_credentials_by_session":{"ws":%s}}""".formatted(CREDENTIALS, CREDENTIALS);

    /** Replies that quote what they were sent, as careless servers and proxies do. */
    private static final class EchoingTransport implements Transport {
        private final int status;
        private final String body;

        private EchoingTransport(int status, String body) {
            this.status = status;
            this.body = body;
        }

        @Override
        public HttpReply send(HttpRequest request) throws TransportFailure {
            if (status == 0) {
                throw new TransportFailure(
                        TransportFailure.Kind.NO_REPLY,
                        "broken after " + request.headers(),
                        new IOException("proxy said Bearer " + "xyz"));
            }
            String text = body.replace("$HEADERS", request.headers().toString().replace("\"", ""));
            return new HttpReply(status, Map.of("x-request-id", "r"), text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void close() {}
    }

    @Test
    void failuresLogsAndTextsShowNoSecret() {
        List<String> texts = new ArrayList<>();
        try (CapturedLog log = new CapturedLog()) {
            for (int status : new int[] {0, 200, 301, 400, 401, 403, 404, 409, 422, 429, 500, 503}) {
                for (String body : new String[] {
                    "{\"error\":{\"code\":\"c\",\"message\":\"got $HEADERS\",\"details\":{\"headers\":\"$HEADERS\"}}}",
                    "{\"detail\":\"got $HEADERS\"}",
                    "{\"detail\":[{\"loc\":[\"header\"],\"msg\":\"$HEADERS\"}]}",
                    "<html>$HEADERS</html>",
                    "{\"session_id\":7,\"credentials\":" + CREDENTIALS + ",\"x\":\"$HEADERS\"}",
                    "{\"session_id\":\"ws\",\"credentials\":[" + CREDENTIALS + "]}"
                }) {
                    texts.addAll(provoke(new EchoingTransport(status, body)));
                }
            }
            texts.addAll(log.lines());
            assertThat(log.lines()).isNotEmpty();
        }
        assertThat(texts).hasSizeGreaterThan(100).noneMatch(text -> text.contains(TOKEN) || text.contains(KEY));
    }

    @Test
    void recordsOfTheWireHideCredentials() throws Exception {
        WriteSession session = WireJson.clientMapper().readValue(SESSION, WriteSession.class);
        RemoteTransaction transaction = WireJson.clientMapper().readValue(TRANSACTION, RemoteTransaction.class);
        assertThat(session.credentials()).containsKey("default");
        assertThat(session.credentials().get("default").secretAccessKey()).isEqualTo(KEY + "2");
        assertThat(session.toString()).contains("ws").doesNotContain(KEY);
        assertThat(transaction.toString()).contains("tx").doesNotContain(KEY);
    }

    @Test
    void aSecretPrintsAsStarsAndSurvivesSerialization() throws Exception {
        Secret secret = Secret.of(TOKEN);
        assertThat(secret).hasToString("***");
        assertThat(secret.reveal()).isEqualTo(TOKEN);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(secret);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(in.readObject()).isEqualTo(secret).isNotEqualTo(Secret.of("other"));
        }
    }

    @Test
    void unusableSecretsAreRefusedWithoutBeingShown() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Secret.of(TOKEN + "\n"))
                .withMessageContaining("index " + TOKEN.length())
                .withMessageNotContaining(TOKEN);
        assertThatIllegalArgumentException().isThrownBy(() -> Secret.of("  "));
    }

    @Test
    void credentialsInTheUriAreRefusedWithoutBeingShown() {
        for (String uri : new String[] {
            "http://ada:" + TOKEN + "@host", "http://ada:" + TOKEN + "@ho st", "ftp://a:" + TOKEN + "@h"
        }) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> DeltaCatClient.builder().uri(uri).build())
                    .withMessageNotContaining(TOKEN);
        }
    }

    private static List<String> provoke(Transport transport) {
        List<String> texts = new ArrayList<>();
        try (DeltaCatClient client = DeltaCatClient.builder()
                .uri("http://localhost:1")
                .token(Secret.of(TOKEN))
                .retry(RetryPolicy.NONE)
                .transport(transport)
                .build()) {
            texts.add(client.options().toString());
            for (Runnable call : List.<Runnable>of(
                    () -> client.writeSessions().get("ws"),
                    () -> client.writeSessions().abort("ws", 1, null),
                    () -> client.subscriptions().pause("s"))) {
                DeltaCatException error = catchThrowableOfType(DeltaCatException.class, call::run);
                if (error != null) {
                    StringWriter trace = new StringWriter();
                    error.printStackTrace(new PrintWriter(trace));
                    texts.add(trace.toString());
                    texts.add(error.context().toString());
                }
            }
        }
        return texts;
    }
}
