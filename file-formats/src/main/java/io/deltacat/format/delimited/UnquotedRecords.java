package io.deltacat.format.delimited;

import io.deltacat.format.FormatException;
import java.io.IOException;

/** Records without quoting: every separator ends a field, every line break ends a record. Confined to one thread. */
final class UnquotedRecords implements Records {
    private static final int MAX_RECORD_CHARACTERS = 16 << 20;

    private final String file;
    private final Utf8Reader reader;
    private final char separator;
    private final FieldBuffer fields = new FieldBuffer();
    private final char[] buffer = new char[16 << 10];
    private int at;
    private int limit;
    private long line;

    UnquotedRecords(String file, Utf8Reader reader, char separator) {
        this.file = file;
        this.reader = reader;
        this.separator = separator;
    }

    @Override
    public boolean next() throws IOException {
        fields.clear();
        line++;
        if (at == limit && !fill()) {
            return false;
        }
        while (true) {
            int from = at;
            while (at < limit && !isStructural(buffer[at])) {
                at++;
            }
            fields.append(buffer, from, at - from);
            if (at == limit) {
                if (fields.size() > MAX_RECORD_CHARACTERS) {
                    throw new FormatException.CorruptFile(
                            file,
                            null,
                            reader.storedPosition(),
                            "line " + line + " has more than " + MAX_RECORD_CHARACTERS + " characters",
                            null);
                }
                if (fill()) {
                    continue;
                }
                fields.endField();
                return true;
            }
            char structural = buffer[at++];
            fields.endField();
            if (structural != separator) {
                if (structural == '\r' && (at < limit || fill()) && buffer[at] == '\n') {
                    at++;
                }
                return true;
            }
        }
    }

    private boolean isStructural(char c) {
        return c == separator || c == '\n' || c == '\r';
    }

    private boolean fill() throws IOException {
        at = 0;
        limit = Math.max(0, reader.read(buffer, 0, buffer.length));
        return limit > 0;
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
}
