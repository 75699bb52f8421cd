-- (c) Delays per carrier, asked of the second table while it grows.
SET 'pipeline.name' = 'ask: delays per carrier';
SET 'execution.checkpointing.interval' = '2 s';

SELECT
  carrier,
  COUNT(*) AS flights,
  COUNT(*) FILTER (WHERE cancelled) AS cancelled,
  ROUND(AVG(CAST(dep_delay AS DOUBLE)), 2) AS mean_delay_minutes,
  MAX(dep_delay) AS longest_minutes
FROM flights_followed /*+ OPTIONS(
  'scan.startup.mode' = 'full',
  'scan.discovery.interval' = '1 s') */
GROUP BY carrier;
