package io.deltacat.client.read.file;

import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A data file as a plan or a manifest names it. Immutable.
 *
 * @param path absolute location
 * @param contentType short name or media type of the format, such as {@code parquet} or {@code text/csv}
 * @param contentEncoding outer compression, {@code identity} or null for none
 * @param storedColumns the columns the file holds, in file order, for formats whose files do not say so themselves (see
 *     {@link io.deltacat.format.file.ReadOptions#storedColumns()}), or null if it holds the wanted ones
 */
public record StoredFile(
        String path,
        String contentType,
        @Nullable String contentEncoding,
        @Nullable Schema storedColumns) {}
