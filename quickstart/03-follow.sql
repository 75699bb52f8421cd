-- (b) Follows the first table through the subscription: each new delta once, acknowledged when a checkpoint completes.
SET 'pipeline.name' = 'follow: flights into flights_followed';
SET 'execution.checkpointing.interval' = '2 s';

INSERT INTO flights_followed
SELECT * FROM flights /*+ OPTIONS(
  'scan.startup.mode' = 'subscription',
  'scan.subscription-id' = '${subscription}',
  'scan.discovery.interval' = '1 s') */;
