package io.deltacat.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltacat.server.machine.RefusalKind;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ErrorRepliesTest {
    private static final Set<Integer> CLIENT_FAULT_OR_BUSY =
            Set.of(400, 401, 403, 404, 405, 409, 410, 413, 422, 423, 429, 503, 504);

    @ParameterizedTest
    @EnumSource(RefusalKind.class)
    void noRefusalLooksLikeABugOfTheServer(RefusalKind kind) {
        ErrorReplies.WireError error = ErrorReplies.wireError(kind);
        assertThat(CLIENT_FAULT_OR_BUSY).contains(error.status());
        assertThat(error.code()).matches("[a-z_]+");
        assertThat(error.retryable()).isEqualTo(Set.of(423, 429, 503, 504).contains(error.status()));
    }
}
