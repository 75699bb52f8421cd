package io.deltacat.flink.source.enumerator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltacat.client.DeltaCatClient;
import io.deltacat.client.NotFound;
import io.deltacat.client.Page;
import io.deltacat.client.TableRef;
import io.deltacat.client.catalog.DeltaRange;
import io.deltacat.client.catalog.PlanRequestBuilder;
import io.deltacat.client.model.CreateSubscriptionRequest;
import io.deltacat.client.model.DeltaDetail;
import io.deltacat.client.model.PartitionDetail;
import io.deltacat.client.model.PartitionSummary;
import io.deltacat.client.model.ReadPlan;
import io.deltacat.client.model.RemoteTransaction;
import io.deltacat.client.model.SubscriptionDetail;
import io.deltacat.client.model.TableDescription;
import io.deltacat.client.model.TransactionCreateRequestBuilder;
import io.deltacat.client.subscription.Watermark;
import io.deltacat.flink.source.DeltaCatSourceException;
import io.deltacat.flink.source.feed.EventTimeColumn;
import io.deltacat.flink.source.feed.PartitionRef;
import io.deltacat.flink.source.feed.TableAccess;
import java.util.List;
import java.util.Optional;
import org.apache.flink.annotation.Internal;
import org.jspecify.annotations.Nullable;

/** The ports of the enumerator over {@link DeltaCatClient}. Used by one worker thread at a time. */
@Internal
public final class ClientServerAccess implements ServerAccess {
    private final DeltaCatClient client;
    private final ClientTable table;
    private final @Nullable ClientSubscription subscription;
    private @Nullable Boolean listsDeltas;

    /**
     * Takes over a client.
     *
     * @param client the client; closed by {@link #close}
     * @param table the table
     * @param eventTimeColumn the column whose statistics are wanted, or null for none
     * @param subscriptionId the subscription, or null for none
     */
    public ClientServerAccess(
            DeltaCatClient client, TableRef table, @Nullable String eventTimeColumn, @Nullable String subscriptionId) {
        this.client = client;
        this.table = new ClientTable(
                client, table, Optional.ofNullable(eventTimeColumn).map(EventTimeColumn::new));
        this.subscription = subscriptionId == null ? null : new ClientSubscription(client, subscriptionId);
    }

    @Override
    public TableAccess table() {
        return table;
    }

    @Override
    public Optional<SubscriptionAccess> subscription() {
        return Optional.ofNullable(subscription);
    }

    @Override
    public boolean listsDeltas() {
        Boolean known = listsDeltas;
        if (known == null) {
            known = table.canBeListed();
            listsDeltas = known;
        }
        return known;
    }

    @Override
    public void close() {
        client.close();
    }

    /** One table. */
    private static final class ClientTable implements TableAccess {
        private final DeltaCatClient client;
        private final TableRef table;
        private final Optional<EventTimeColumn> eventTime;
        private @Nullable TableRef versioned;

        ClientTable(DeltaCatClient client, TableRef table, Optional<EventTimeColumn> eventTime) {
            this.client = client;
            this.table = table;
            this.eventTime = eventTime;
        }

        @Override
        public Optional<EventTimeColumn> eventTime() {
            return eventTime;
        }

        @Override
        public String tableName() {
            return table.namespace() + "." + table.table();
        }

        @Override
        public TableDescription describe() {
            TableDescription description = client.catalog().describeTable(table);
            String version = table.tableVersion() != null ? table.tableVersion() : description.tableVersion();
            versioned = version == null ? null : table.withVersion(version);
            return description;
        }

        @Override
        public ReadPlan metadata() {
            return client.catalog()
                    .plan(
                            table,
                            PlanRequestBuilder.builder().includeFiles(false).build());
        }

        @Override
        public List<PartitionSummary> partitions(String streamId) {
            return client.catalog().listPartitions(versioned(), streamId);
        }

        @Override
        public Page<DeltaDetail> deltas(
                PartitionRef partition,
                long firstPosition,
                long lastPosition,
                ListingDetail detail,
                int limit,
                @Nullable String pageToken) {
            DeltaRange range = new DeltaRange(
                    versioned(),
                    partition.streamId(),
                    partition.partitionId(),
                    firstPosition,
                    lastPosition,
                    detail == ListingDetail.FILES,
                    limit);
            return client.catalog().listDeltas(range, pageToken);
        }

        @Override
        public Optional<PartitionDetail> partition(PartitionRef partition) {
            try {
                return Optional.of(
                        client.catalog().getPartition(versioned(), partition.streamId(), partition.partitionId()));
            } catch (NotFound e) {
                return Optional.empty();
            }
        }

        @Override
        public ReadPlan plan(long asOfNanos, long fileOffset, int maxFiles, @Nullable PartitionRef only) {
            return client.catalog()
                    .plan(
                            table,
                            PlanRequestBuilder.builder()
                                    .asOf(asOfNanos)
                                    .fileOffset(fileOffset)
                                    .maxFiles((long) maxFiles)
                                    .includeColumnStats(eventTime.isPresent() ? true : null)
                                    .partitionFilter(
                                            only == null
                                                    ? null
                                                    : List.of(JsonNodeFactory.instance
                                                            .objectNode()
                                                            .put("partition_id", only.partitionId())))
                                    .build());
        }

        /** The protocol has no clock; a transaction carries the server's, and is dropped at once. */
        @Override
        public long snapshotTimeNanos() {
            RemoteTransaction transaction = client.transactions()
                    .begin(TransactionCreateRequestBuilder.builder()
                            .commitMessage("pin a read snapshot")
                            .build());
            client.transactions()
                    .abort(transaction.transactionId(), transaction.transactionVersion(), "snapshot time taken");
            return transaction.createdAt();
        }

        boolean canBeListed() {
            String streamId = describe().streamId();
            if (streamId == null || versioned == null) {
                return false;
            }
            try {
                partitions(streamId);
                return true;
            } catch (NotFound e) {
                if (e.routeMissing()) {
                    return false;
                }
                throw e;
            }
        }

        private TableRef versioned() {
            TableRef known = versioned;
            if (known == null) {
                describe();
                known = versioned;
            }
            if (known == null) {
                throw new DeltaCatSourceException.UnsupportedTable(
                        "Table %s: the server names no table version; expected one to list deltas of. Use the plan feed ('scan.discovery.feed' = 'plan') with this server."
                                .formatted(tableName()));
            }
            return known;
        }
    }

    /** One subscription. */
    private static final class ClientSubscription implements SubscriptionAccess {
        private final DeltaCatClient client;
        private final String id;

        ClientSubscription(DeltaCatClient client, String id) {
            this.client = client;
            this.id = id;
        }

        @Override
        public String subscriptionId() {
            return id;
        }

        @Override
        public Optional<SubscriptionDetail> find() {
            return client.subscriptions().find(id);
        }

        @Override
        public void create(CreateSubscriptionRequest request) {
            client.subscriptions().create(request);
        }

        @Override
        public Optional<JsonNode> watermark() {
            try {
                return client.subscriptions().watermark(id).map(Watermark::toJson);
            } catch (IllegalArgumentException e) {
                throw new DeltaCatSourceException.UnusableSubscription(
                        "Subscription '%s': %s".formatted(id, e.getMessage()));
            }
        }

        @Override
        public void setWatermark(ObjectNode document) {
            client.subscriptions().setWatermark(id, Watermark.fromJson(document));
        }
    }
}
