package io.deltacat.client.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.deltacat.client.CallInterrupted;
import io.deltacat.client.ClientOptionsBuilder;
import io.deltacat.client.Conflict;
import io.deltacat.client.DeltaCatException;
import io.deltacat.client.InvalidRequest;
import io.deltacat.client.NotFound;
import io.deltacat.client.PermissionDenied;
import io.deltacat.client.RateLimited;
import io.deltacat.client.RetryPolicy;
import io.deltacat.client.Secret;
import io.deltacat.client.ServerUnavailable;
import io.deltacat.client.Unauthenticated;
import io.deltacat.client.UnknownOutcome;
import io.deltacat.client.UnreadableReply;
import io.deltacat.client.http.TransportFailure.Kind;
import io.deltacat.client.model.TableExists;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WireClientTest {
    private static final String EXISTS = "{\"exists\":true,\"namespace\":\"n\",\"table\":\"t\"}";

    private final ScriptedTransport transport = new ScriptedTransport();
    private final VirtualPacing pacing = new VirtualPacing();
    private final WireClient client = new WireClient(
            ClientOptionsBuilder.builder()
                    .uri("http://server:8080")
                    .token(Secret.of("s3cr3t-token"))
                    .user("ada")
                    .requestTimeout(Duration.ofSeconds(30))
                    .commitTimeout(Duration.ofSeconds(60))
                    .retryPolicy(RetryPolicy.STANDARD)
                    .build(),
            transport,
            pacing);

    @Test
    void requestsCarryIdentityAndVersion() {
        transport.reply(200, EXISTS);
        assertThat(send(Repeatability.READ).exists()).isTrue();
        assertThat(transport.only().headers())
                .containsEntry("Authorization", "Bearer s3cr3t-token")
                .containsEntry("x-deltacat-user", "ada")
                .containsKeys("User-Agent", "X-DeltaCAT-Client-Version", "Accept");
    }

    @Test
    void readsAreRepeatedAfterLostRepliesAndBadGateways() {
        transport
                .fail(Kind.NO_REPLY)
                .reply(502, "<html>bad gateway</html>")
                .fail(Kind.NOT_SENT)
                .reply(200, EXISTS);
        assertThat(send(Repeatability.READ).exists()).isTrue();
        assertThat(pacing.pauses())
                .containsExactly(Duration.ofMillis(375), Duration.ofMillis(750), Duration.ofMillis(1500));
    }

    @Test
    void keyedWritesAreRepeated() {
        transport.fail(Kind.NO_REPLY).reply(503, "{}").reply(200, EXISTS);
        assertThat(send(Repeatability.KEYED).exists()).isTrue();
    }

    @Test
    void unkeyedWritesAreSentOnce() {
        transport.fail(Kind.NO_REPLY);
        assertThatThrownBy(() -> send(Repeatability.ONCE)).isInstanceOf(UnknownOutcome.class);
        assertThat(transport.requests()).hasSize(1);
        transport.fail(Kind.NOT_SENT);
        assertThatThrownBy(() -> send(Repeatability.ONCE)).isInstanceOf(ServerUnavailable.class);
        assertThat(transport.requests()).hasSize(2);
    }

    @Test
    void retryAfterIsHonoured() {
        transport
                .reply(429, Map.of("Retry-After", "7"), "{\"detail\":\"slow down\"}")
                .reply(200, EXISTS);
        send(Repeatability.READ);
        assertThat(pacing.pauses()).containsExactly(Duration.ofSeconds(7));
    }

    @Test
    void anUnavailableServerNamesItsUriAndTheCure() {
        for (int i = 0; i < 4; i++) {
            transport.fail(Kind.NOT_SENT);
        }
        assertThatThrownBy(() -> send(Repeatability.READ))
                .isInstanceOf(ServerUnavailable.class)
                .hasMessageContaining("http://server:8080")
                .hasMessageContaining("Check that the server runs");
        assertThat(transport.requests()).hasSize(4);
    }

    @Test
    void anUnknownOutcomeIsNotSettledByALaterRefusal() {
        transport.fail(Kind.NO_REPLY).reply(409, "{\"detail\":\"stale version\"}");
        DeltaCatException error = catchThrowableOfType(DeltaCatException.class, () -> send(Repeatability.KEYED));
        assertThat(error).isInstanceOf(UnknownOutcome.class).hasCauseInstanceOf(Conflict.class);
    }

    @Test
    void anUnknownOutcomeStaysUnknownWhenTheServerIsGone() {
        transport.fail(Kind.NO_REPLY).fail(Kind.NOT_SENT).fail(Kind.NOT_SENT).fail(Kind.NOT_SENT);
        assertThatThrownBy(() -> send(Repeatability.KEYED)).isInstanceOf(UnknownOutcome.class);
    }

    @Test
    void interruptionBetweenAttemptsStopsAndKeepsTheFlag() {
        pacing.interruptAtPause(0);
        transport.fail(Kind.NOT_SENT);
        assertThatThrownBy(() -> send(Repeatability.READ)).isInstanceOf(CallInterrupted.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(transport.requests()).hasSize(1);
    }

    @Test
    void interruptionDuringAWriteIsAnUnknownOutcome() {
        transport.fail(Kind.INTERRUPTED_DURING);
        assertThatThrownBy(() -> send(Repeatability.KEYED)).isInstanceOf(UnknownOutcome.class);
        transport.fail(Kind.INTERRUPTED_DURING);
        assertThatThrownBy(() -> send(Repeatability.READ)).isInstanceOf(CallInterrupted.class);
        transport.fail(Kind.INTERRUPTED_BEFORE);
        assertThatThrownBy(() -> send(Repeatability.KEYED)).isInstanceOf(CallInterrupted.class);
    }

    @ParameterizedTest
    @CsvSource({
        "400, invalid_request",
        "401, authentication_required",
        "403, permission_denied",
        "404, not_found",
        "409, conflict",
        "410, gone",
        "418, http_418",
        "422, http_422",
        "423, locked",
        "429, rate_limited",
        "500, internal_server_error",
        "504, upstream_timeout"
    })
    void fastApiBodiesAreMappedByStatus(int status, String code) {
        transport.reply(status, "{\"detail\":\"something about 'x'.\"}");
        DeltaCatException error = catchThrowableOfType(DeltaCatException.class, () -> once(Repeatability.READ));
        assertThat(error.code()).isEqualTo(code);
        assertThat(error.status()).isEqualTo(status);
        assertThat(error.method()).contains("GET");
        assertThat(error.path()).contains("/v1/things");
        assertThat(error).isInstanceOf(typeOf(status)).hasMessageContaining("something about 'x'. ");
        assertThat(error.cure()).endsWith(".").isNotBlank();
    }

    @Test
    void envelopesGiveCodeClassDetailsAndRequestId() {
        transport.reply(409, """
                {"error":{"code":"concurrent_modification","message":"lost the race","retryable":false,
                 "details":{"conflict_class":"retryable_stale_read","blocking_transaction_id":"tx9","list":[1]},
                 "request_id":"req-1"}}""");
        DeltaCatException error = catchThrowableOfType(DeltaCatException.class, () -> once(Repeatability.KEYED));
        assertThat(error).isInstanceOf(Conflict.class);
        assertThat(error.code()).isEqualTo("concurrent_modification");
        assertThat(error.conflictClass()).contains("retryable_stale_read");
        assertThat(error.detail("blocking_transaction_id")).contains("tx9");
        assertThat(error.requestId()).contains("req-1");
        assertThat(error.retryable()).isFalse();
        assertThat(error.getMessage())
                .contains("lost the race")
                .contains("req-1")
                .doesNotContain("\n");
    }

    @Test
    void validationListsNameTheField() {
        transport.reply(422, "{\"detail\":[{\"loc\":[\"body\",\"mode\"],\"msg\":\"field required\",\"type\":\"x\"}]}");
        assertThatThrownBy(() -> once(Repeatability.READ))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("http_validation_error")
                .hasMessageContaining("body.mode: field required");
    }

    @Test
    void requestIdsComeFromHeadersToo() {
        transport.reply(500, Map.of("X-Amzn-RequestId", "amz-7"), "");
        assertThatThrownBy(() -> once(Repeatability.READ)).hasMessageContaining("request id amz-7");
    }

    @Test
    void bodiesOfNoKnownShapeAreKeptUpTo2KilobytesWithoutSecrets() {
        String page = "<html>upstream said: Authorization: Bearer abc.def and \"session_token\": \"xyz\" s3cr3t-token "
                + "é".repeat(5000);
        transport.reply(500, page);
        DeltaCatException error = catchThrowableOfType(DeltaCatException.class, () -> once(Repeatability.READ));
        assertThat(error.context().bodyExcerpt())
                .startsWith("<html>upstream said")
                .doesNotContain("abc.def", "xyz", "s3cr3t")
                .hasSizeLessThan(2200);
        assertThat(error.getMessage())
                .doesNotContain("abc.def", "xyz", "s3cr3t")
                .hasSizeLessThan(600);
    }

    @Test
    void emptyAndForeignErrorBodiesSurvive() {
        for (String body :
                new String[] {"", "null", "[]", "\"text\"", "{\"error\":null}", "{\"detail\":{}}", "{", "\u0000"}) {
            transport.reply(400, body);
            assertThatThrownBy(() -> once(Repeatability.READ)).isInstanceOf(InvalidRequest.class);
        }
    }

    @Test
    void missingRoutesAreToldFromMissingThings() {
        transport.reply(404, "{\"detail\":\"Not Found\"}");
        NotFound route = catchThrowableOfType(NotFound.class, () -> once(Repeatability.READ));
        assertThat(route.routeMissing()).isTrue();
        transport.reply(404, "{\"detail\":\"Table 'x' not found\"}");
        NotFound thing = catchThrowableOfType(NotFound.class, () -> once(Repeatability.READ));
        assertThat(thing.routeMissing()).isFalse();
    }

    @Test
    void gatewayErrorsOfWritesAreUnknownUnlessTheServerDidNotAdmitThem() {
        transport.reply(504, "gateway");
        assertThatThrownBy(() -> once(Repeatability.ONCE)).isInstanceOf(UnknownOutcome.class);
        transport.reply(500, "{\"detail\":\"boom\"}");
        assertThatThrownBy(() -> once(Repeatability.ONCE)).isInstanceOf(UnknownOutcome.class);
        transport.reply(503, "upstream connect error");
        assertThatThrownBy(() -> once(Repeatability.ONCE)).isInstanceOf(UnknownOutcome.class);
        transport.reply(503, "{\"error\":{\"code\":\"service_unavailable\",\"message\":\"busy\",\"retryable\":true}}");
        assertThatThrownBy(() -> once(Repeatability.ONCE)).isInstanceOf(ServerUnavailable.class);
        transport.reply(
                500,
                "{\"error\":{\"code\":\"x\",\"message\":\"m\",\"retryable\":true,\"details\":{\"admitted\":false}}}");
        assertThatThrownBy(() -> once(Repeatability.ONCE)).isInstanceOf(ServerUnavailable.class);
        transport.reply(
                503,
                "{\"error\":{\"code\":\"write_session_commit_replay_required\",\"message\":\"m\",\"retryable\":true}}");
        assertThatThrownBy(() -> once(Repeatability.KEYED)).isInstanceOf(UnknownOutcome.class);
    }

    @Test
    void redirectsAreNotFollowedAndNameTheTarget() {
        transport.reply(307, Map.of("Location", "https://elsewhere/"), "");
        assertThatThrownBy(() -> once(Repeatability.ONCE))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("https://elsewhere/");
    }

    @Test
    void successRepliesThatAreNotTheProtocolAreErrors() {
        for (String body : new String[] {"<html>login</html>", "", "null", "[]", "{\"exists\":\"maybe\"}"}) {
            transport.reply(200, body);
            assertThatThrownBy(() -> once(Repeatability.READ)).isInstanceOf(UnreadableReply.class);
            transport.reply(200, body);
            assertThatThrownBy(() -> once(Repeatability.ONCE)).isInstanceOf(UnknownOutcome.class);
        }
    }

    @Test
    void unreadableRepliesShowNoCredentials() {
        transport.reply(200, "{\"exists\":{\"secret_access_key\":\"AKIAxyz\"}}");
        DeltaCatException error = catchThrowableOfType(DeltaCatException.class, () -> once(Repeatability.READ));
        for (Throwable t = error; t != null; t = t.getCause()) {
            assertThat(String.valueOf(t.getMessage())).doesNotContain("AKIAxyz");
        }
        assertThat(error.context().bodyExcerpt()).doesNotContain("AKIAxyz");
    }

    @Test
    void refusalsInsideASuccessReplyAreErrors() {
        transport.reply(200, EXISTS);
        assertThatThrownBy(() ->
                        client.send(call(Repeatability.ONCE), TableExists.class, reply -> Optional.of("it is paused")))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("it is paused");
    }

    @Test
    void pagesCarryTheTokenOfTheNextOne() {
        transport
                .reply(200, Map.of("X-DeltaCAT-Next-Token", "p2"), "[" + EXISTS + "]")
                .reply(200, "[" + EXISTS + "]");
        assertThat(client.sendForAllPages(
                        token -> WireCall.get("v1", "things").query("next_token", token), TableExists.class))
                .hasSize(2);
        assertThat(transport.requests())
                .extracting(HttpRequest::target)
                .containsExactly("/v1/things", "/v1/things?next_token=p2");
    }

    @Test
    void aServerThatRepeatsAPageTokenDoesNotLoopForever() {
        transport
                .reply(200, Map.of("x-deltacat-next-token", "p"), "[]")
                .reply(200, Map.of("x-deltacat-next-token", "p"), "[]");
        assertThatThrownBy(() -> client.sendForAllPages(
                        token -> WireCall.get("v1", "things").query("next_token", token), TableExists.class))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'p'");
    }

    private TableExists send(Repeatability repeatability) {
        return client.send(call(repeatability), TableExists.class);
    }

    private TableExists once(Repeatability repeatability) {
        return client.send(call(repeatability).withoutRetry(), TableExists.class);
    }

    private static WireCall call(Repeatability repeatability) {
        return WireCall.of(repeatability == Repeatability.READ ? "GET" : "POST", repeatability, "v1", "things");
    }

    private static Class<? extends DeltaCatException> typeOf(int status) {
        return switch (status) {
            case 401 -> Unauthenticated.class;
            case 403 -> PermissionDenied.class;
            case 404, 410 -> NotFound.class;
            case 409, 423 -> Conflict.class;
            case 429 -> RateLimited.class;
            case 500, 504 -> ServerUnavailable.class;
            default -> InvalidRequest.class;
        };
    }
}
