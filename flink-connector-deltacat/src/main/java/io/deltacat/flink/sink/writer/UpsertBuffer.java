package io.deltacat.flink.sink.writer;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.flink.annotation.Internal;
import org.apache.flink.core.memory.MemorySegment;
import org.apache.flink.core.memory.MemorySegmentFactory;
import org.apache.flink.table.data.binary.BinaryRowData;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the last operation per key in a bounded number of bytes. Keys and rows lie as bytes in pages, found through an open
 * hash index of plain numbers; none is an object of its own. A row that takes the place of another is written over it if it
 * fits, else appended; when half of what is written is dead, the pages are compacted. Confined to one thread.
 *
 * <pre>
 * record:  key length | row length, or DELETED, or DEAD | room for the row | key bytes | row bytes
 * </pre>
 */
@Internal
final class UpsertBuffer {
    private static final int ROW_LENGTH = Integer.BYTES;
    private static final int ROW_ROOM = 2 * Integer.BYTES;
    private static final int HEADER = 3 * Integer.BYTES;
    private static final int DELETED = -1;
    private static final int DEAD = -2;
    private static final int LARGEST_PAGE = 1 << 20;
    private static final int SMALLEST_PAGE = 4 << 10;
    private static final int FIRST_SLOTS = 256;

    private final long limitBytes;
    private final int pageBytes;
    private final List<Page> pages = new ArrayList<>();
    private final Deque<Page> spare = new ArrayDeque<>();
    private final KeyPositions index = new KeyPositions(FIRST_SLOTS);
    private final BinaryRowData keyView;
    private final BinaryRowData rowView;
    private long pagedBytes;
    private long writtenBytes;
    private long deadBytes;

    private static final class Page {
        private final MemorySegment bytes;
        private int end;

        Page(int size) {
            this.bytes = MemorySegmentFactory.wrap(new byte[size]);
        }

        int room() {
            return bytes.size() - end;
        }
    }

    /** Takes the records of a buffer. The rows are reused between calls. */
    interface Visitor {
        /** A row takes the place of whatever has its key. */
        void upsert(BinaryRowData row) throws InterruptedException;

        /** Whatever has this key is removed. */
        void delete(BinaryRowData key) throws InterruptedException;
    }

    /**
     * Creates an empty buffer.
     *
     * @param limitBytes bytes that it may hold, positive; a single operation that is larger is taken all the same
     * @param keyColumns number of key columns
     * @param rowColumns number of columns of a row
     */
    UpsertBuffer(long limitBytes, int keyColumns, int rowColumns) {
        this.limitBytes = limitBytes;
        // Within the bounds of an int by the two constants.
        this.pageBytes = (int) Math.max(SMALLEST_PAGE, Math.min(LARGEST_PAGE, limitBytes / 16));
        this.keyView = new BinaryRowData(keyColumns);
        this.rowView = new BinaryRowData(rowColumns);
    }

    /**
     * Notes that a row takes the place of whatever has its key.
     *
     * @param key key columns of the row; copied
     * @param row the row; copied
     * @return false if there is no room, and then nothing changed: visit and clear the buffer and try again
     */
    boolean upsert(BinaryRowData key, BinaryRowData row) {
        BinaryRowData whole = inOneSegment(row);
        return put(inOneSegment(key), whole.getSizeInBytes(), whole);
    }

    /**
     * Notes that whatever has a key is removed.
     *
     * @param key the key; copied
     * @return false if there is no room, and then nothing changed: visit and clear the buffer and try again
     */
    boolean delete(BinaryRowData key) {
        return put(inOneSegment(key), DELETED, null);
    }

    private static BinaryRowData inOneSegment(BinaryRowData row) {
        return row.getSegments().length == 1 ? row : row.copy();
    }

    /** Returns the number of keys. */
    int size() {
        return index.size();
    }

    /** Returns the bytes it holds now, pages in reserve included. */
    long heldBytes() {
        return pagedBytes + index.bytes();
    }

    private boolean put(BinaryRowData key, int rowLength, @Nullable BinaryRowData row) {
        int hash = key.hashCode();
        int slot = find(key, hash);
        long found = index.position(slot);
        if (found != KeyPositions.NONE && overwrite(found, rowLength, row)) {
            return true;
        }
        int size = Math.addExact(HEADER + key.getSizeInBytes(), Math.max(0, rowLength));
        if (!makeRoom(size, found == KeyPositions.NONE)) {
            return false;
        }
        long position = append(key, rowLength, row, size);
        if (found == KeyPositions.NONE) {
            index.add(hash, position);
        } else {
            // Making room may have moved the record that was found.
            slot = find(key, hash);
            kill(index.position(slot));
            index.move(slot, position);
        }
        return true;
    }

    private int find(BinaryRowData key, int hash) {
        int slot = index.firstSlot(hash);
        while (true) {
            long position = index.position(slot);
            if (position == KeyPositions.NONE || index.hash(slot) == hash && hasKey(position, key)) {
                return slot;
            }
            slot = index.nextSlot(slot);
        }
    }

    private boolean hasKey(long position, BinaryRowData key) {
        MemorySegment bytes = pageOf(position).bytes;
        int at = offsetOf(position);
        int length = key.getSizeInBytes();
        return bytes.getInt(at) == length && bytes.equalTo(key.getSegments()[0], at + HEADER, key.getOffset(), length);
    }

    private boolean overwrite(long position, int rowLength, @Nullable BinaryRowData row) {
        MemorySegment bytes = pageOf(position).bytes;
        int at = offsetOf(position);
        if (rowLength > bytes.getInt(at + ROW_ROOM)) {
            return false;
        }
        bytes.putInt(at + ROW_LENGTH, rowLength);
        if (row != null) {
            copy(row, bytes, at + HEADER + bytes.getInt(at));
        }
        return true;
    }

    private long append(BinaryRowData key, int rowLength, @Nullable BinaryRowData row, int size) {
        int last = pages.size() - 1;
        Page page = pages.get(last);
        int at = page.end;
        int keyLength = key.getSizeInBytes();
        page.bytes.putInt(at, keyLength);
        page.bytes.putInt(at + ROW_LENGTH, rowLength);
        page.bytes.putInt(at + ROW_ROOM, Math.max(0, rowLength));
        copy(key, page.bytes, at + HEADER);
        if (row != null) {
            copy(row, page.bytes, at + HEADER + keyLength);
        }
        page.end += size;
        writtenBytes += size;
        return position(last, at);
    }

    private static void copy(BinaryRowData row, MemorySegment target, int at) {
        row.getSegments()[0].copyTo(row.getOffset(), target, at, row.getSizeInBytes());
    }

    private void kill(long position) {
        MemorySegment bytes = pageOf(position).bytes;
        int at = offsetOf(position);
        bytes.putInt(at + ROW_LENGTH, DEAD);
        deadBytes += sizeOf(bytes, at);
    }

    /** Sees to it that the last page has room for a record, within the limit. */
    private boolean makeRoom(int size, boolean newKey) {
        if (hasRoom(size, newKey)) {
            return true;
        }
        if (deadBytes * 2 >= writtenBytes && deadBytes > 0) {
            compact();
            if (hasRoom(size, newKey)) {
                return true;
            }
        }
        if (size() > 0) {
            return false;
        }
        addPage(size);
        return true;
    }

    private boolean hasRoom(int size, boolean newKey) {
        if (newKey && (index.isAtItsLimit() || pagedBytes + index.bytesAfterGrowth() > limitBytes) && size() > 0) {
            return false;
        }
        if (!pages.isEmpty() && pages.get(pages.size() - 1).room() >= size) {
            return true;
        }
        boolean inReserve = !spare.isEmpty() && size <= pageBytes;
        if (!inReserve && heldBytes() + Math.max(size, pageBytes) > limitBytes) {
            return false;
        }
        addPage(size);
        return true;
    }

    private void addPage(int size) {
        Page page = size <= pageBytes ? spare.poll() : null;
        if (page == null) {
            page = new Page(Math.max(size, pageBytes));
            pagedBytes += page.bytes.size();
        }
        pages.add(page);
    }

    /** Copies the live records together, page by page, so that one page more than before is needed at most. */
    private void compact() {
        List<Page> old = new ArrayList<>(pages);
        pages.clear();
        writtenBytes = 0;
        deadBytes = 0;
        for (int number = 0; number < old.size(); number++) {
            Page page = old.get(number);
            int size;
            for (int at = 0; at < page.end; at += size) {
                size = sizeOf(page.bytes, at);
                if (page.bytes.getInt(at + ROW_LENGTH) != DEAD) {
                    relocate(page, at, size, position(number, at));
                }
            }
            release(page);
        }
    }

    private void relocate(Page from, int at, int size, long oldPosition) {
        if (pages.isEmpty() || pages.get(pages.size() - 1).room() < size) {
            addPage(size);
        }
        int last = pages.size() - 1;
        Page to = pages.get(last);
        keyView.pointTo(from.bytes, at + HEADER, from.bytes.getInt(at));
        int slot = index.firstSlot(keyView.hashCode());
        // Positions of the old pages and of the new ones overlap; a record is never moved behind its old place, and
        // what
        // was moved before this one lies before it, so the old position is still this record's alone.
        while (index.position(slot) != oldPosition) {
            slot = index.nextSlot(slot);
        }
        from.bytes.copyTo(at, to.bytes, to.end, size);
        index.move(slot, position(last, to.end));
        to.end += size;
        writtenBytes += size;
    }

    private void release(Page page) {
        page.end = 0;
        if (page.bytes.size() == pageBytes) {
            spare.add(page);
        } else {
            pagedBytes -= page.bytes.size();
        }
    }

    /**
     * Shows all records, in the order in which their bytes lie.
     *
     * @param visitor told about each key once
     * @throws InterruptedException if the visitor was interrupted
     */
    void visit(Visitor visitor) throws InterruptedException {
        for (Page page : pages) {
            int size;
            for (int at = 0; at < page.end; at += size) {
                size = sizeOf(page.bytes, at);
                int keyLength = page.bytes.getInt(at);
                int rowLength = page.bytes.getInt(at + ROW_LENGTH);
                if (rowLength == DELETED) {
                    keyView.pointTo(page.bytes, at + HEADER, keyLength);
                    visitor.delete(keyView);
                } else if (rowLength != DEAD) {
                    rowView.pointTo(page.bytes, at + HEADER + keyLength, rowLength);
                    visitor.upsert(rowView);
                }
            }
        }
    }

    /** Forgets all records; the memory is kept for the next ones. */
    void clear() {
        pages.forEach(this::release);
        pages.clear();
        index.clear();
        writtenBytes = 0;
        deadBytes = 0;
    }

    private Page pageOf(long position) {
        return pages.get((int) (position >>> Integer.SIZE));
    }

    private static int offsetOf(long position) {
        // The low half of a position is an offset.
        return (int) position;
    }

    private static long position(int page, int offset) {
        return (long) page << Integer.SIZE | offset;
    }

    private static int sizeOf(MemorySegment bytes, int at) {
        return HEADER + bytes.getInt(at) + bytes.getInt(at + ROW_ROOM);
    }
}
