package io.deltacat.client.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.deltacat.client.http.TransportFailure.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OkHttpTransportTest {
    @StartStop
    private final MockWebServer server = new MockWebServer();

    private OkHttpTransport transport;

    @BeforeEach
    void open() {
        transport = new OkHttpTransport("http://localhost:" + server.getPort() + "/prefix");
    }

    @AfterEach
    void close() {
        transport.close();
    }

    @Test
    void sendsMethodPathHeadersAndBodyAsTheyAre() throws Exception {
        server.enqueue(new MockResponse.Builder()
                .code(201)
                .setHeader("x-deltacat-next-token", "t2")
                .body("{\"a\":1}")
                .build());
        HttpReply reply = transport.send(new HttpRequest(
                "POST", "/v1/a%2Fb?x=1%262", Map.of("Authorization", "Bearer t"), "{\"ü\":2}", Duration.ofSeconds(5)));
        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.header("X-DeltaCAT-Next-Token")).contains("t2");
        assertThat(reply.text()).isEqualTo("{\"a\":1}");
        RecordedRequest seen = server.takeRequest();
        assertThat(seen.getMethod()).isEqualTo("POST");
        assertThat(seen.getTarget()).isEqualTo("/prefix/v1/a%2Fb?x=1%262");
        assertThat(seen.getHeaders().get("Authorization")).isEqualTo("Bearer t");
        assertThat(seen.getHeaders().get("Content-Type")).isEqualTo("application/json");
        assertThat(seen.getBody().utf8()).isEqualTo("{\"ü\":2}");
    }

    @Test
    void aPostWithoutBodyIsEmpty() throws Exception {
        server.enqueue(new MockResponse.Builder().build());
        transport.send(request("POST", Duration.ofSeconds(5)));
        RecordedRequest seen = server.takeRequest();
        assertThat(seen.getHeaders().get("Content-Length")).isEqualTo("0");
        assertThat(seen.getHeaders().get("Content-Type")).isNull();
    }

    @Test
    void aRefusedConnectionWasNotSent() throws Exception {
        int freePort;
        try (ServerSocket socket = new ServerSocket(0)) {
            freePort = socket.getLocalPort();
        }
        try (OkHttpTransport nobody = new OkHttpTransport("http://localhost:" + freePort)) {
            TransportFailure failure = catchThrowableOfType(
                    TransportFailure.class, () -> nobody.send(request("POST", Duration.ofSeconds(5))));
            assertThat(failure.kind()).isEqualTo(Kind.NOT_SENT);
            assertThat(failure).hasMessageContaining("http://localhost:" + freePort);
        }
    }

    @Test
    void anUnknownHostWasNotSent() {
        try (OkHttpTransport nowhere = new OkHttpTransport("http://no-such-host.invalid:1")) {
            TransportFailure failure = catchThrowableOfType(
                    TransportFailure.class, () -> nowhere.send(request("POST", Duration.ofSeconds(5))));
            assertThat(failure.kind()).isEqualTo(Kind.NOT_SENT);
            assertThat(failure).hasMessageContaining("unknown");
        }
    }

    @Test
    void everyAddressOfAHostIsTried() throws Exception {
        server.enqueue(new MockResponse.Builder().body("{}").build());
        InetAddress nobody = InetAddress.getByName("127.0.0.77");
        InetAddress listening = InetAddress.getByName("127.0.0.1");
        try (OkHttpTransport two =
                new OkHttpTransport("http://two-addresses:" + server.getPort(), host -> List.of(nobody, listening))) {
            assertThat(two.send(request("POST", Duration.ofSeconds(5))).status())
                    .isEqualTo(200);
        }
    }

    @Test
    void aSilentServerIsNoReply() {
        server.enqueue(new MockResponse.Builder()
                .onResponseStart(SocketEffect.Stall.INSTANCE)
                .build());
        TransportFailure failure = catchThrowableOfType(
                TransportFailure.class, () -> transport.send(request("GET", Duration.ofMillis(200))));
        assertThat(failure.kind()).isEqualTo(Kind.NO_REPLY);
        assertThat(failure).hasMessageContaining("200 ms");
    }

    @Test
    void aConnectionClosedBeforeTheReplyIsNoReplyAndIsNotRepeated() {
        server.enqueue(new MockResponse.Builder()
                .onResponseStart(new SocketEffect.CloseSocket())
                .build());
        server.enqueue(new MockResponse.Builder().build());
        TransportFailure failure = catchThrowableOfType(
                TransportFailure.class, () -> transport.send(request("POST", Duration.ofSeconds(5))));
        assertThat(failure.kind()).isEqualTo(Kind.NO_REPLY);
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void aConnectionThatDiedWhileIdleDoesNotRepeatAWriteSilently() throws Exception {
        server.enqueue(new MockResponse.Builder().body("{}").build());
        server.enqueue(new MockResponse.Builder()
                .onResponseStart(new SocketEffect.CloseSocket())
                .build());
        server.enqueue(new MockResponse.Builder().body("{}").build());
        transport.send(request("POST", Duration.ofSeconds(5)));
        TransportFailure failure = catchThrowableOfType(
                TransportFailure.class, () -> transport.send(request("POST", Duration.ofSeconds(5))));
        assertThat(failure.kind()).isEqualTo(Kind.NO_REPLY);
        assertThat(server.getRequestCount()).isEqualTo(2);
    }

    @Test
    void aReplyCutInTheMiddleIsNoReply() {
        server.enqueue(new MockResponse.Builder()
                .body("x".repeat(100_000))
                .onResponseBody(new SocketEffect.CloseSocket())
                .build());
        TransportFailure failure = catchThrowableOfType(
                TransportFailure.class, () -> transport.send(request("GET", Duration.ofSeconds(5))));
        assertThat(failure.kind()).isEqualTo(Kind.NO_REPLY);
    }

    @Test
    void redirectsAreHandedBack() throws Exception {
        server.enqueue(new MockResponse.Builder()
                .code(302)
                .setHeader("Location", "/elsewhere")
                .build());
        assertThat(transport.send(request("GET", Duration.ofSeconds(5))).status())
                .isEqualTo(302);
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void waitingForAReplyCanBeInterrupted() throws Exception {
        server.enqueue(new MockResponse.Builder()
                .onResponseStart(SocketEffect.Stall.INSTANCE)
                .build());
        CompletableFuture<Kind> ended = new CompletableFuture<>();
        Thread caller = new Thread(() -> {
            TransportFailure failure = catchThrowableOfType(
                    TransportFailure.class, () -> transport.send(request("POST", Duration.ofSeconds(60))));
            if (!Thread.currentThread().isInterrupted()) {
                ended.completeExceptionally(new AssertionError("the interrupt flag is lost"));
            }
            ended.complete(failure.kind());
        });
        caller.start();
        server.takeRequest();
        caller.interrupt();
        assertThat(ended.get(10, TimeUnit.SECONDS)).isEqualTo(Kind.INTERRUPTED_DURING);
    }

    @Test
    void anInterruptedThreadSendsNothing() throws IOException {
        Thread.currentThread().interrupt();
        TransportFailure failure = catchThrowableOfType(
                TransportFailure.class, () -> transport.send(request("POST", Duration.ofSeconds(5))));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(failure.kind()).isEqualTo(Kind.INTERRUPTED_BEFORE);
        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    void aClosedTransportRefusesInsteadOfHanging() {
        transport.close();
        TransportFailure failure = catchThrowableOfType(
                TransportFailure.class, () -> transport.send(request("GET", Duration.ofSeconds(5))));
        assertThat(failure.kind()).isEqualTo(Kind.NOT_SENT);
    }

    private static HttpRequest request(String method, Duration timeout) {
        return new HttpRequest(method, "/v1/x", Map.of(), null, timeout);
    }
}
