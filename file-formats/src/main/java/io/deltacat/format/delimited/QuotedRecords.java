package io.deltacat.format.delimited;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.deltacat.format.FormatException;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Records whose fields may be quoted, by RFC 4180. Confined to one thread. */
final class QuotedRecords implements Records {
    /** Longest field in characters; bounds the memory a file without a closing quote can take. */
    private static final int MAX_FIELD_CHARACTERS = 16 << 20;

    private final String file;
    private final Utf8Reader reader;
    private final FieldBuffer fields = new FieldBuffer();
    private final CloseableIterator<Boolean> records;
    private long line = 1;

    QuotedRecords(String file, Utf8Reader reader, char separator) {
        this.file = file;
        this.reader = reader;
        this.records = CsvReader.builder()
                .fieldSeparator(separator)
                .quoteCharacter('"')
                .commentStrategy(CommentStrategy.NONE)
                .skipEmptyLines(false)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowExtraCharsAfterClosingQuote(false)
                .allowUnclosedQuote(false)
                .maxBufferSize(MAX_FIELD_CHARACTERS)
                .build(new FieldCollector(), reader)
                .iterator();
    }

    @Override
    public boolean next() throws IOException {
        fields.clear();
        try {
            if (!records.hasNext()) {
                return false;
            }
            records.next();
            return true;
        } catch (CsvParseException e) {
            throw corrupt(e, e.getCause());
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private RuntimeException corrupt(CsvParseException e, @Nullable Throwable cause) throws IOException {
        if (cause instanceof IOException storage) {
            throw storage;
        }
        if (cause instanceof FormatException typed) {
            throw typed;
        }
        return new FormatException.CorruptFile(
                file, null, reader.storedPosition(), "line " + line + " or after: " + e.getMessage(), e);
    }

    @Override
    public int fieldCount() {
        return fields.fields();
    }

    @Override
    public char[] text() {
        return fields.text();
    }

    @Override
    public int start(int field) {
        return fields.start(field);
    }

    @Override
    public int end(int field) {
        return fields.end(field);
    }

    @Override
    public long line() {
        return line;
    }

    @Override
    public long charactersRead() {
        return reader.charactersRead();
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }

    private final class FieldCollector extends AbstractBaseCsvCallbackHandler<Boolean> {
        @Override
        protected void handleBegin(long startingLineNumber) {
            line = startingLineNumber;
            fields.clear();
        }

        @Override
        protected void handleField(int fieldIdx, char[] buffer, int offset, int length, boolean quoted) {
            fields.append(buffer, offset, length);
            fields.endField();
        }

        @Override
        protected void handleEmpty() {
            fields.endField();
        }

        @Override
        protected Boolean buildRecord() {
            return Boolean.TRUE;
        }
    }
}
