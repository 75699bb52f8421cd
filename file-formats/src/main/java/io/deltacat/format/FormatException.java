package io.deltacat.format;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Something is wrong with a data file, a schema or a row, as opposed to the storage that holds it
 * ({@link java.io.IOException}). Retrying does not help: the message names the file, the column, the offset where they
 * are known, and the cure. Immutable.
 */
public abstract sealed class FormatException extends RuntimeException
        permits FormatException.CorruptFile,
                FormatException.IncompatibleType,
                FormatException.InvalidRow,
                FormatException.InvalidSchema,
                FormatException.MissingColumn,
                FormatException.RowTooLarge,
                FormatException.UnsupportedFormat,
                FormatException.UnsupportedType {

    private static final long serialVersionUID = 1L;

    private final @Nullable String file;
    private final @Nullable String column;

    private FormatException(@Nullable String file, @Nullable String column, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.file = file;
        this.column = column;
    }

    /** Returns the location of the file, or null when no file is involved. */
    public final @Nullable String file() {
        return file;
    }

    /** Returns the dotted path of the column, or null when the problem is not in one column. */
    public final @Nullable String column() {
        return column;
    }

    private static String place(@Nullable String file, @Nullable String column) {
        StringBuilder text = new StringBuilder();
        if (file != null) {
            text.append("File '").append(file).append('\'');
        }
        if (column != null) {
            text.append(file == null ? "Column '" : ", column '").append(column).append('\'');
        }
        return text.isEmpty() ? "" : text.append(": ").toString();
    }

    /** The bytes of a file are not what its format demands: truncated, overwritten or inconsistent. */
    public static final class CorruptFile extends FormatException {
        private static final long serialVersionUID = 1L;
        private final long offset;

        /**
         * @param file location of the file
         * @param column dotted column path, or null when the damage is outside a column (footer, magic bytes)
         * @param offset byte offset in the file at or after which the damage was seen, negative if unknown
         * @param problem what was found and what was expected, without a final period
         * @param cause the decoder's own exception, or null
         */
        public CorruptFile(
                String file, @Nullable String column, long offset, String problem, @Nullable Throwable cause) {
            super(
                    file,
                    column,
                    place(file, column) + (offset < 0 ? "" : "at or after byte " + offset + ": ") + problem
                            + "; the file is corrupt or truncated. Write it again or drop the delta that names it.",
                    cause);
            this.offset = offset;
        }

        /** Returns the byte offset at or after which the damage was seen, empty if unknown. */
        public OptionalLong offset() {
            return offset < 0 ? OptionalLong.empty() : OptionalLong.of(offset);
        }
    }

    /** A column of the file cannot be read as the wanted type without losing values. */
    public static final class IncompatibleType extends FormatException {
        private static final long serialVersionUID = 1L;

        /**
         * @param file location of the file
         * @param column dotted column path
         * @param fileType type stored in the file
         * @param wantedType type the reader asked for
         */
        public IncompatibleType(String file, String column, String fileType, String wantedType) {
            super(
                    file,
                    column,
                    place(file, column) + "the file holds type '" + fileType + "', expected '" + wantedType
                            + "' or a type that widens to it. Read the column with its own type or rewrite the file.",
                    null);
        }
    }

    /** A row does not fit the schema of the file it is written to. */
    public static final class InvalidRow extends FormatException {
        private static final long serialVersionUID = 1L;

        /**
         * @param file location of the file being written
         * @param column dotted column path
         * @param rowIndex 0-based index of the row in the file
         * @param problem what is wrong with the value and what was expected, without a final period
         */
        public InvalidRow(String file, String column, long rowIndex, String problem) {
            super(
                    file,
                    column,
                    place(file, column) + "row " + rowIndex + ": " + problem
                            + ". Correct the row or change the table's schema.",
                    null);
        }
    }

    /** A serialized schema, a type name or a field's metadata cannot be understood. */
    public static final class InvalidSchema extends FormatException {
        private static final long serialVersionUID = 1L;

        /**
         * @param problem what was found and what was expected, with the cure
         * @param cause the decoder's own exception, or null
         */
        public InvalidSchema(String problem, @Nullable Throwable cause) {
            super(null, null, problem, cause);
        }
    }

    /** A wanted column is not in the file, is not nullable and has no default. */
    public static final class MissingColumn extends FormatException {
        private static final long serialVersionUID = 1L;

        /**
         * @param file location of the file
         * @param column name of the missing column
         */
        public MissingColumn(String file, String column) {
            super(
                    file,
                    column,
                    place(file, column) + "the file has no such column, and the column is neither nullable nor has a "
                            + "past default. Make the column nullable, give it a past default or rewrite the file.",
                    null);
        }
    }

    /** A single row of a file holds more in one column than fits into memory as one batch. */
    public static final class RowTooLarge extends FormatException {
        private static final long serialVersionUID = 1L;

        /**
         * @param file location of the file
         * @param column name of the column
         * @param rowIndex 0-based index of the row in the file
         * @param problem what there is too much of
         */
        public RowTooLarge(String file, String column, long rowIndex, String problem) {
            super(
                    file,
                    column,
                    place(file, column) + "row " + rowIndex + " holds " + problem
                            + ", more than one row may hold. Leave the column out or split the row.",
                    null);
        }
    }

    /** No reader or writer for a content type is at hand. */
    public static final class UnsupportedFormat extends FormatException {
        private static final long serialVersionUID = 1L;

        /**
         * @param contentType the content type or file name asked for
         * @param cure what to do, such as which artifact to add
         */
        public UnsupportedFormat(String contentType, String cure) {
            super(null, null, "Format '" + contentType + "' is not available. " + cure, null);
        }
    }

    /** The type of a column cannot be stored in, or read from, this file format. */
    public static final class UnsupportedType extends FormatException {
        private static final long serialVersionUID = 1L;

        /**
         * @param file location of the file, or null when only a schema was looked at
         * @param column dotted column path
         * @param type the type
         * @param cure which types to use instead, one sentence
         */
        public UnsupportedType(@Nullable String file, String column, String type, String cure) {
            super(file, column, place(file, column) + "type '" + type + "' is not supported here. " + cure, null);
        }
    }
}
