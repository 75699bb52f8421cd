package io.deltacat.client.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class WireCallTest {
    @Test
    void pathValuesArePercentEncodedSlashIncluded() {
        assertThat(WireCall.get("v1", "namespaces", "a/b c+ü~*", "tables").target())
                .isEqualTo("/v1/namespaces/a%2Fb%20c%2B%C3%BC~%2A/tables");
    }

    @Test
    void absentQueryValuesAreNotSent() {
        assertThat(WireCall.get("v1")
                        .query("a", null)
                        .query("b", "x&y=z")
                        .query("c", 7)
                        .target())
                .isEqualTo("/v1?b=x%26y%3Dz&c=7");
    }

    @Test
    void segmentsThatAPathCannotCarryAreRefused() {
        for (String segment : new String[] {"", ".", ".."}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> WireCall.get("v1", segment))
                    .withMessageContaining("'" + segment + "'");
        }
    }
}
