package io.deltacat.flink.source.enumerator;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricDocumentationTest {
    @Test
    void theChapterOnReadingNamesEveryMetric() throws Exception {
        String chapter = Files.readString(Path.of("..", "docs", "source.md"));
        List<String> rows = new ArrayList<>();
        for (Field constant : EnumeratorMetrics.class.getDeclaredFields()) {
            if (constant.getType() == String.class && !constant.getName().equals("GROUP")) {
                rows.add("| `" + constant.get(null) + "` |");
            }
        }
        assertThat(rows).hasSizeGreaterThan(10);
        assertThat(chapter).contains(rows);
    }
}
