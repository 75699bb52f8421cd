package io.deltacat.flink.sink.writer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FileNamesTest {
    @Test
    void aNameTellsWhereTheFileComesFrom() {
        FileNames names = new FileNames(
                new WriterRuntime.Identity("0123abcd", "main.sales.orders", 3, 1), ".parquet", () -> "uuid");

        assertThat(names.next()).isEqualTo("main-sales-orders-2ff1d569d916-0123abcd-3-1-uuid-0.parquet");
        assertThat(names.next()).isEqualTo("main-sales-orders-2ff1d569d916-0123abcd-3-1-uuid-1.parquet");
    }

    @Test
    void whateverTheSinkIsCalledTheNameIsAFileName() {
        FileNames names = new FileNames(
                new WriterRuntime.Identity("job", "../ä/" + "x".repeat(300), 0, 0), ".parquet", () -> "uuid");

        assertThat(names.next()).matches("[A-Za-z0-9._-]{1,120}").doesNotStartWith(".");
    }
}
