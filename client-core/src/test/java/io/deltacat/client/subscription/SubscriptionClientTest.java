package io.deltacat.client.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltacat.client.DeltaCatClient;
import io.deltacat.client.InvalidRequest;
import io.deltacat.client.NotFound;
import io.deltacat.client.http.ScriptedTransport;
import io.deltacat.client.http.TransportFailure;
import io.deltacat.client.http.VirtualPacing;
import org.junit.jupiter.api.Test;

class SubscriptionClientTest {
    private final ScriptedTransport transport = new ScriptedTransport();
    private final SubscriptionClient subscriptions = DeltaCatClient.builder()
            .uri("http://localhost:1")
            .catalog("c")
            .transport(transport)
            .pacing(new VirtualPacing())
            .build()
            .subscriptions();

    @Test
    void theWatermarkTravelsAsTextInsideJson() {
        transport.reply(200, "{\"subscriber_id\":\"s\",\"updated\":true}");
        subscriptions.setWatermark("s", Watermark.EMPTY.with("n.t", 3, new Watermark.PartitionIdentity("a", "b")));
        assertThat(transport.only().method()).isEqualTo("PUT");
        assertThat(transport.only().target()).isEqualTo("/v1/subscriptions/s/watermark?catalog=c");
        assertThat(transport.only().body())
                .isEqualTo("{\"watermark_json\":\"{\\\"partition_watermarks\\\":{\\\"n.t\\\":3},"
                        + "\\\"known_partitions\\\":[\\\"n.t\\\"],"
                        + "\\\"partition_identities\\\":{\\\"n.t\\\":[\\\"a\\\",\\\"b\\\"]}}\"}");
    }

    @Test
    void settingTheWatermarkIsRepeatedAfterALostReply() {
        transport.fail(TransportFailure.Kind.NO_REPLY).reply(200, "{\"subscriber_id\":\"s\",\"updated\":true}");
        subscriptions.setWatermark("s", Watermark.EMPTY);
        assertThat(transport.requests()).hasSize(2);
    }

    @Test
    void aMissingWatermarkIsEmpty() {
        transport.reply(200, "{\"subscriber_id\":\"s\",\"watermark\":null}").reply(200, "{\"subscriber_id\":\"s\"}");
        assertThat(subscriptions.watermark("s")).isEmpty();
        assertThat(subscriptions.watermark("s")).isEmpty();
    }

    @Test
    void falseFlagsAndFilledErrorsOfSuccessRepliesAreRefusals() {
        transport
                .reply(200, "{\"subscriber_id\":\"s\",\"paused\":false}")
                .reply(200, "{\"subscriber_id\":\"s\",\"paused\":true,\"error\":\"no lease\"}")
                .reply(200, "{\"subscriber_id\":\"s\",\"paused\":true,\"error\":null}");
        assertThatThrownBy(() -> subscriptions.pause("s"))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("subscription 's' was not paused");
        assertThatThrownBy(() -> subscriptions.pause("s"))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("no lease");
        assertThat(subscriptions.pause("s").paused()).isTrue();
    }

    @Test
    void findTellsAMissingSubscriptionFromAMissingRoute() {
        transport.reply(404, "{\"detail\":\"Subscription 's' not found\"}").reply(404, "{\"detail\":\"Not Found\"}");
        assertThat(subscriptions.find("s")).isEmpty();
        assertThatThrownBy(() -> subscriptions.find("s")).isInstanceOf(NotFound.class);
    }
}
