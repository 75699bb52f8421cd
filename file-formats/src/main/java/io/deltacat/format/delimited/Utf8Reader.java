package io.deltacat.format.delimited;

import io.deltacat.format.FormatException;
import io.deltacat.format.text.TextInput;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Decodes a text file as UTF-8 and refuses what is not, without the byte order mark. Confined to one thread. */
final class Utf8Reader extends Reader {
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final String file;
    private final TextInput input;
    private final Reader decoder;
    private boolean started;
    private long charactersRead;

    Utf8Reader(String file, TextInput input) {
        this.file = file;
        this.input = input;
        this.decoder = new InputStreamReader(
                input,
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
    }

    long charactersRead() {
        return charactersRead;
    }

    long storedPosition() {
        return input.storedPosition();
    }

    @Override
    public int read(char[] target, int offset, int count) throws IOException {
        try {
            int read = decoder.read(target, offset, count);
            if (!started && read > 0) {
                started = true;
                if (target[offset] == BYTE_ORDER_MARK) {
                    System.arraycopy(target, offset + 1, target, offset, read - 1);
                    read = read == 1 ? decoder.read(target, offset, count) : read - 1;
                }
            }
            charactersRead += Math.max(0, read);
            return read;
        } catch (CharacterCodingException e) {
            throw new FormatException.CorruptFile(file, null, input.storedPosition(), "text is not UTF-8", e);
        }
    }

    @Override
    public void close() throws IOException {
        decoder.close();
    }
}
