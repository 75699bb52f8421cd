package io.deltacat.client.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltacat.client.StorageFailure;
import io.deltacat.format.file.FileOutput;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorageAccessTest {
    private final StorageAccess storage = StorageAccess.standard();

    @TempDir
    Path directory;

    @Test
    void barePathsAndFileUrisNameTheSameFile() {
        assertThat(LocalObjectStore.path("/data/a b")).isEqualTo(Path.of("/data/a b"));
        assertThat(LocalObjectStore.path("file:///data/a%20b")).isEqualTo(Path.of("/data/a b"));
        assertThat(LocalObjectStore.path("file:///data/a b")).isEqualTo(Path.of("/data/a b"));
        assertThat(LocalObjectStore.path("file:/data/x")).isEqualTo(Path.of("/data/x"));
        assertThat(LocalObjectStore.path("file://localhost/data/x")).isEqualTo(Path.of("/data/x"));
        assertThat(LocalObjectStore.path("/data/k=1%2F2/c:d")).isEqualTo(Path.of("/data/k=1%2F2/c:d"));
    }

    @Test
    void unknownSchemesAreNamedWithTheirCure() {
        assertThatThrownBy(() -> storage.input("s3://bucket/key?X-Amz-Signature=abc"))
                .isInstanceOf(StorageFailure.class)
                .hasMessageContaining("'s3'")
                .hasMessageContaining("s3://bucket/key")
                .hasMessageContaining("[file]")
                .hasMessageContaining("Use a data root")
                .hasMessageNotContaining("abc");
    }

    @Test
    void relativeAndForeignLocationsAreRefused() {
        for (String location : new String[] {"data/x", "file://otherhost/x", "file:x", ""}) {
            assertThatThrownBy(() -> storage.input(location))
                    .isInstanceOf(StorageFailure.class)
                    .hasMessageContaining("'" + location + "'");
        }
    }

    @Test
    void filesAppearWhenFinishedAndNotBefore() throws Exception {
        String location = StorageAccess.resolve(directory.resolve("new/dir").toString(), "w.bin");
        try (FileOutput output = storage.output(location).create()) {
            output.write(new byte[] {1, 2, 3});
            assertThat(storage.store(location).exists(location)).isFalse();
            output.finish();
        }
        assertThat(storage.input(location).length()).isEqualTo(3);
        storage.store(location).delete(location);
        storage.store(location).delete(location);
        assertThat(storage.store(location).exists(location)).isFalse();
    }

    @Test
    void discardedFilesLeaveNothing() throws Exception {
        try (FileOutput output =
                storage.output("file://" + directory + "/w.bin").create()) {
            output.write(1);
        }
        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void namesAreJoinedWithOneSlash() {
        assertThat(StorageAccess.resolve("/a/", "b")).isEqualTo("/a/b");
        assertThat(StorageAccess.resolve("file:///a", "b")).isEqualTo("file:///a/b");
    }
}
