package io.deltacat.client.read;

import static java.util.Objects.requireNonNull;

import io.deltacat.client.filter.FilePruning;
import io.deltacat.client.filter.Filter;
import io.deltacat.client.model.DataFile;
import io.deltacat.client.read.file.StoredFile;
import io.deltacat.format.registry.ContentType;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Leaves files out whose statistics say that no row can satisfy a filter. It believes statistics only where the reader sees
 * the very values they speak of: not of text files, which lose nulls and types, nor of Lance, which states its first and last
 * row (protocol/data-plane.md §1.6), nor of columns that had another type when the file was written. Confined to one thread.
 */
final class StatisticsPruning {
    private static final Set<ContentType> TRUSTED =
            EnumSet.of(ContentType.PARQUET, ContentType.AVRO, ContentType.FEATHER, ContentType.ORC);

    private final Filter filter;
    private final Schema known;
    private final Map<@Nullable Schema, FilePruning> pruning = new HashMap<>();

    /**
     * Prepares pruning.
     *
     * @param filter which rows are wanted
     * @param known columns whose statistics may decide, as they are read
     */
    StatisticsPruning(Filter filter, Schema known) {
        this.filter = requireNonNull(filter, "filter");
        this.known = requireNonNull(known, "known");
    }

    /**
     * Whether a file must be read.
     *
     * @param file the file with its statistics
     * @param stored the same file as the reader opens it
     * @return false only when no row of the file can satisfy the filter
     */
    boolean mayMatch(DataFile file, StoredFile stored) {
        boolean trusted = ContentType.named(stored.contentType())
                .filter(TRUSTED::contains)
                .isPresent();
        return !trusted
                || pruning.computeIfAbsent(stored.storedColumns(), this::forFilesOf)
                        .mayMatch(file.columnStats(), file.recordCount());
    }

    private FilePruning forFilesOf(@Nullable Schema stored) {
        if (stored == null) {
            return new FilePruning(filter, known);
        }
        Map<String, ArrowType> written = new HashMap<>();
        stored.getFields().forEach(field -> written.put(field.getName(), field.getType()));
        List<Field> same = known.getFields().stream()
                .filter(field -> isSameValue(written.get(field.getName()), field.getType()))
                .toList();
        return new FilePruning(filter, new Schema(same));
    }

    /** Whole numbers keep their value in every width. */
    private static boolean isSameValue(@Nullable ArrowType written, ArrowType read) {
        return read.equals(written) || (written instanceof ArrowType.Int && read instanceof ArrowType.Int);
    }
}
