package io.deltacat.format.registry;

import static java.util.Objects.requireNonNull;

import io.deltacat.format.FormatException;
import io.deltacat.format.avro.AvroFormat;
import io.deltacat.format.delimited.DelimitedFormat;
import io.deltacat.format.feather.FeatherFormat;
import io.deltacat.format.file.FileFormat;
import io.deltacat.format.json.JsonFormat;
import io.deltacat.format.parquet.ParquetFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;

/**
 * The formats at hand: the built-in ones, and those that further artifacts offer as services of {@link FileFormat}.
 * Immutable and thread-safe.
 */
public final class FormatRegistry {
    private final Map<String, FileFormat> formats;

    private FormatRegistry(Map<String, FileFormat> formats) {
        this.formats = Map.copyOf(formats);
    }

    /** Returns a registry of the built-in formats alone. */
    public static FormatRegistry builtIn() {
        return of(List.of());
    }

    /**
     * Returns a registry of the built-in formats and of those a class loader finds.
     *
     * @param loader sees the artifacts of further formats, in Flink the user code's loader
     * @throws java.util.ServiceConfigurationError if an artifact is broken
     * @throws IllegalStateException if two formats have one name; remove one of the artifacts
     */
    public static FormatRegistry load(ClassLoader loader) {
        return of(ServiceLoader.load(FileFormat.class, requireNonNull(loader, "loader")));
    }

    private static FormatRegistry of(Iterable<FileFormat> further) {
        Map<String, FileFormat> formats = new LinkedHashMap<>();
        for (FileFormat format : List.of(
                new ParquetFormat(),
                DelimitedFormat.csv(),
                DelimitedFormat.tsv(),
                DelimitedFormat.psv(),
                DelimitedFormat.unescapedTsv(),
                new JsonFormat(),
                new AvroFormat(),
                new FeatherFormat())) {
            add(formats, format);
        }
        for (FileFormat format : further) {
            add(formats, format);
        }
        return new FormatRegistry(formats);
    }

    private static void add(Map<String, FileFormat> formats, FileFormat format) {
        FileFormat earlier = formats.putIfAbsent(format.name().toLowerCase(Locale.ROOT), format);
        if (earlier != null) {
            throw new IllegalStateException("Format '" + format.name() + "' is offered by "
                    + earlier.getClass().getName() + " and by "
                    + format.getClass().getName() + ". Remove one of the artifacts from the class path.");
        }
    }

    /** Returns the names of the formats at hand. */
    public Set<String> names() {
        return formats.keySet();
    }

    /**
     * Returns the format of a content type.
     *
     * @param contentType short name or media type, in any case, such as {@code csv} or {@code application/avro}
     * @throws FormatException.UnsupportedFormat if no such format is at hand; the message says what to add
     */
    public FileFormat format(String contentType) {
        return find(contentType).orElseThrow(() -> unsupported(contentType, ContentType.named(contentType)));
    }

    /**
     * Returns the format of a content type.
     *
     * @param contentType short name or media type, in any case
     * @return empty if no such format is at hand
     */
    public Optional<FileFormat> find(String contentType) {
        String name =
                ContentType.named(contentType).map(ContentType::wireName).orElse(contentType.toLowerCase(Locale.ROOT));
        return Optional.ofNullable(formats.get(name));
    }

    /**
     * Returns the format that the name of a file suggests, for files without a content type; {@code .tsv} means TSV with
     * quotes.
     *
     * @param path path or URL of a file, without query
     * @throws FormatException.UnsupportedFormat if the name says nothing, or the format is not at hand
     */
    public FileFormat formatOfPath(String path) {
        Optional<ContentType> type = ContentType.ofPath(path);
        return type.flatMap(known -> find(known.wireName())).orElseThrow(() -> unsupported(path, type));
    }

    private FormatException.UnsupportedFormat unsupported(String asked, Optional<ContentType> type) {
        if (type.filter(ContentType.LANCE::equals).isPresent()) {
            return new FormatException.UnsupportedFormat(
                    asked,
                    "Lance needs a native library that this client does not bring. Use the Python client for this table, or"
                            + " write it as Parquet.");
        }
        String cure = type.flatMap(ContentType::artifact)
                .map(artifact -> "Add the artifact " + artifact + " to the class path.")
                .orElse("Expected one of " + formats.keySet().stream().sorted().toList()
                        + ". Write the table in one of these.");
        return new FormatException.UnsupportedFormat(asked, cure);
    }
}
