-- Compaction looks for partitions that changed since it last looked, whatever the number of partitions.
CREATE INDEX delta_by_commit ON delta (created_at, partition_key);
