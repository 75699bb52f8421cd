package io.deltacat.flink.source.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateCodecTest {
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 127, 128, 16_383, 16_384, Integer.MAX_VALUE, Long.MAX_VALUE, -1, Long.MIN_VALUE})
    void numbersComeBack(long value) throws Exception {
        StateOutput out = new StateOutput();
        out.writeLong(value);
        StateInput in = new StateInput("a test", out.toByteArray());
        assertThat(in.readLong()).isEqualTo(value);
        in.end();
    }

    @Test
    void textsComeBackEmptyNullAndUnicode() throws Exception {
        StateOutput out = new StateOutput();
        out.writeText("");
        out.writeText(null);
        out.writeText("Ω😀");
        out.writeBytes(new byte[] {1, 2});
        StateInput in = new StateInput("a test", out.toByteArray());
        assertThat(in.readText()).isEmpty();
        assertThat(in.readOptionalText()).isNull();
        assertThat(in.readText()).isEqualTo("Ω😀");
        assertThat(in.readBytes()).containsExactly(1, 2);
        in.end();
    }

    @Test
    void aLengthBeyondTheBytesIsRefusedBeforeAnythingIsAllocated() {
        StateOutput out = new StateOutput();
        out.writeLong(Integer.MAX_VALUE);
        assertThatThrownBy(() -> new StateInput("a test", out.toByteArray()).readText())
                .isInstanceOf(CorruptStateException.class)
                .hasMessageContaining("a test")
                .hasMessageContaining("only 0 are left");
        assertThatThrownBy(() -> new StateInput("a test", out.toByteArray()).readCount(1))
                .isInstanceOf(CorruptStateException.class);
        assertThatThrownBy(() -> new StateInput("a test", out.toByteArray()).readBytes())
                .isInstanceOf(CorruptStateException.class);
    }

    @Test
    void everyCutOffEndIsRefused() {
        StateOutput out = new StateOutput();
        out.writeLong(1_000_000);
        out.writeText("some text");
        byte[] whole = out.toByteArray();
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = java.util.Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> {
                        StateInput in = new StateInput("a test", cut);
                        in.readLong();
                        in.readText();
                    })
                    .isInstanceOf(CorruptStateException.class);
        }
    }

    @Test
    void bytesAfterTheEndAreRefused() {
        StateInput in = new StateInput("a test", new byte[] {1, 2});
        assertThatThrownBy(() -> {
                    in.readByte();
                    in.end();
                })
                .isInstanceOf(CorruptStateException.class)
                .hasMessageContaining("1 bytes after its end");
    }
}
