package io.deltacat.format.delimited;

import java.io.Closeable;
import java.io.IOException;

/** The records of a delimited file as runs of characters; each is valid until the next is read. Confined to one thread. */
interface Records extends Closeable {

    /**
     * Moves to the next record.
     *
     * @return false at the end of the file
     * @throws IOException if the storage fails
     * @throws io.deltacat.format.FormatException.CorruptFile if the text is no record
     */
    boolean next() throws IOException;

    /** Returns the number of fields of the record; a line without any character has one empty field. */
    int fieldCount();

    /** Returns the array that holds the characters of all fields. */
    char[] text();

    /** Returns where a field starts. */
    int start(int field);

    /** Returns after which character a field ends. */
    int end(int field);

    /** Returns the 1-based line on which the record starts. */
    long line();

    /** Returns the number of characters read so far. */
    long charactersRead();
}
