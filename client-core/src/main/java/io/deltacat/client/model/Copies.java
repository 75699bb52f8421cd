package io.deltacat.client.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Defensive copies for wire records: ordered, unmodifiable, and tolerant of null elements, which JSON allows. */
final class Copies {
    private Copies() {}

    static <T extends @Nullable Object> List<T> list(@Nullable List<T> source) {
        return source == null ? List.of() : Collections.unmodifiableList(new ArrayList<>(source));
    }

    static <T extends @Nullable Object> @Nullable List<T> nullableList(@Nullable List<T> source) {
        return source == null ? null : list(source);
    }

    static <V extends @Nullable Object> Map<String, V> map(@Nullable Map<String, V> source) {
        return source == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(source));
    }

    static <V extends @Nullable Object> @Nullable Map<String, V> nullableMap(@Nullable Map<String, V> source) {
        return source == null ? null : map(source);
    }
}
