package io.deltacat.flink.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ClosestNameTest {

    @Test
    void countsInsertedDeletedReplacedAndSwappedCharacters() {
        assertThat(ClosestName.distance("table", "table")).isZero();
        assertThat(ClosestName.distance("table", "TABLE")).isZero();
        assertThat(ClosestName.distance("table", "tabel")).isEqualTo(1);
        assertThat(ClosestName.distance("table", "tables")).isEqualTo(1);
        assertThat(ClosestName.distance("table", "able")).isEqualTo(1);
        assertThat(ClosestName.distance("table", "cable")).isEqualTo(1);
        assertThat(ClosestName.distance("", "abc")).isEqualTo(3);
    }

    @Test
    void suggestsOnlyWhatIsNear() {
        List<String> known = List.of("scan.startup.mode", "scan.bounded.mode", "uri", "user");

        assertThat(ClosestName.among(known, "scan.startup-mode")).hasValue("scan.startup.mode");
        assertThat(ClosestName.among(known, "url")).hasValue("uri");
        assertThat(ClosestName.among(known, "properties.bootstrap.servers")).isEmpty();
    }
}
