package io.deltacat.client.read.merge;

/**
 * A class of keys by hash: one pass decides the keys of one class, so the classes bound the size of the index.
 *
 * @param modulus number of classes, a power of two
 * @param residue which class, 0 to {@code modulus - 1}
 */
record KeyClass(int modulus, int residue) {
    static final KeyClass ALL = new KeyClass(1, 0);

    /** More classes than this would mean more passes over the key columns than any merge is worth. */
    static final int MAX_MODULUS = 1 << 16;

    boolean contains(long hash) {
        return (hash >>> 32 & modulus - 1) == residue;
    }

    /** The half of this class that is decided at once. */
    KeyClass lower() {
        return new KeyClass(modulus * 2, residue);
    }

    /** The other half. */
    KeyClass upper() {
        return new KeyClass(modulus * 2, residue + modulus);
    }
}
