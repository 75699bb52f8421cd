package io.deltacat.format.registry;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The content types DeltaCAT knows, in every spelling its clients use (protocol/data-plane.md §1.5). Immutable.
 */
public enum ContentType {
    /** Apache Parquet. */
    PARQUET(".parquet", null, "parquet", "application/parquet"),
    /** Comma-separated values. */
    CSV(".csv", null, "csv", "text/csv"),
    /** Tab-separated values with quotes. */
    TSV(".tsv", null, "tsv", "text/tsv"),
    /** Values separated by a vertical bar. */
    PSV(".psv", null, "psv", "text/psv"),
    /** Tab-separated values without quoting; shares its file extension with {@link #TSV}. */
    UNESCAPED_TSV(".tsv", null, "application/x-amzn-unescaped-tsv", "unescaped_tsv"),
    /** JSON lines. */
    JSON(".json", null, "json", "application/json"),
    /** Avro object container files. */
    AVRO(".avro", null, "avro", "application/avro"),
    /** Feather version 2. */
    FEATHER(".feather", null, "feather", "application/feather"),
    /** Apache ORC, in an artifact of its own. */
    ORC(".orc", "io.deltacat:deltacat-format-orc", "orc", "application/orc"),
    /** Lance, whose data sets are directories for a native library; no artifact of this project brings it. */
    LANCE(".lance", null, "lance", "application/vnd.lance");

    private final String extension;
    private final @Nullable String artifact;
    private final List<String> names;

    ContentType(String extension, @Nullable String artifact, String... names) {
        this.extension = extension;
        this.artifact = artifact;
        this.names = List.of(names);
    }

    /** Returns the name on the wire, which is also that of the {@link io.deltacat.format.file.FileFormat}. */
    public String wireName() {
        return names.get(0);
    }

    /** Returns all spellings, the name on the wire first. */
    public List<String> names() {
        return names;
    }

    /** Returns what names of plain files end with, dot included. */
    public String extension() {
        return extension;
    }

    /** Returns the artifact that brings the format, empty if it is built in or there is none. */
    public Optional<String> artifact() {
        return Optional.ofNullable(artifact);
    }

    /**
     * Returns the content type of a name.
     *
     * @param name short name or media type, in any case
     * @return empty if DeltaCAT knows no such type
     */
    public static Optional<ContentType> named(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        for (ContentType type : values()) {
            if (type.names.contains(lower)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    /**
     * Returns the content type of a file name. An ending {@code .gz} is passed over, and
     * {@code .tsv} means {@link #TSV}.
     *
     * @param path path or URL of a file, without query
     * @return empty if no type has such an extension
     */
    public static Optional<ContentType> ofPath(String path) {
        String lower = path.toLowerCase(Locale.ROOT);
        String plain = lower.endsWith(".gz") ? lower.substring(0, lower.length() - 3) : lower;
        for (ContentType type : values()) {
            if (plain.endsWith(type.extension)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
