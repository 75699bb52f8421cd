package io.deltacat.server.machine;

/** What can happen to a subscription. */
public enum SubscriptionEvent {
    /** Stop running it. */
    PAUSE,
    /** Run it again. */
    RESUME,
    /** Change its settings. */
    UPDATE,
    /** Move its watermark. */
    SET_WATERMARK,
    /** Remove it. */
    DELETE
}
