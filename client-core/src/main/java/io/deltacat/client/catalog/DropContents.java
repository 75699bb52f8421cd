package io.deltacat.client.catalog;

/** What happens to the contents of something that is dropped. */
public enum DropContents {
    /** Files and metadata stay for time travel and for the server's own clean-up. */
    KEEP(false),
    /** Files and metadata are removed for good. */
    PURGE(true);

    private final boolean purge;

    DropContents(boolean purge) {
        this.purge = purge;
    }

    boolean purge() {
        return purge;
    }
}
