package io.deltacat.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltacat.client.DeltaCatClient;
import io.deltacat.client.Secret;
import java.time.Duration;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

class DeltaCatConnectionTest {
    private static final String TOKEN = "very-secret-token";

    @Test
    void travelsWithTheJobAndOpensAClient() throws Exception {
        DeltaCatConnection connection = DeltaCatConnection.builder("http://localhost:8080/prefix")
                .token(Secret.of(TOKEN))
                .catalog("main")
                .requestTimeout(Duration.ofSeconds(3))
                .build();

        DeltaCatConnection copy = InstantiationUtil.clone(connection);

        assertThat(copy).isEqualTo(connection);
        try (DeltaCatClient client = copy.open()) {
            assertThat(client.options().toString()).doesNotContain(TOKEN);
        }
    }

    @Test
    void neverPrintsTheToken() {
        DeltaCatConnection connection = DeltaCatConnection.builder("http://localhost:8080")
                .token(Secret.of(TOKEN))
                .build();

        assertThat(connection.toString()).doesNotContain(TOKEN).contains("http://localhost:8080", "***");
    }

    @Test
    void namesTheOptionThatCannotBeUsed() {
        assertThatThrownBy(() -> DeltaCatConnection.builder("localhost:8080").build())
                .hasMessageContaining("'uri'")
                .hasMessageContaining("localhost:8080");
        assertThatThrownBy(() ->
                        DeltaCatConnection.builder("http://me:pass@host:1").build())
                .hasMessageContaining("'uri'")
                .hasMessageNotContaining("pass@");
        assertThatThrownBy(() ->
                        DeltaCatConnection.builder("http://me:pass word@host").build())
                .hasMessageNotContaining("pass")
                .hasNoCause();
        assertThatThrownBy(() -> DeltaCatConnection.builder("http://h")
                        .requestTimeout(Duration.ZERO)
                        .build())
                .hasMessageContaining("'request-timeout'");
        assertThatThrownBy(() ->
                        DeltaCatConnection.builder("http://h").catalog(" ").build())
                .hasMessageContaining("'catalog'");
    }
}
