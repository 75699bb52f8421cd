package io.deltacat.flink.source;

import org.apache.flink.annotation.PublicEvolving;

/** How the source learns about new deltas. Both ways find the same ones. */
@PublicEvolving
public enum DiscoveryFeed {
    /** Listing where the server offers it, else plans. */
    AUTO,
    /** By listing partitions and deltas: costs as much as there is new. */
    LISTING,
    /** By comparing read plans: works with every server, costs as much as the table has files when something is new. */
    PLAN
}
