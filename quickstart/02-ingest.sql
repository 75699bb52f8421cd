-- (a) Every two seconds a checkpoint, and with it one transaction of the table.
SET 'pipeline.name' = 'ingest: flight events into flights';
SET 'execution.checkpointing.interval' = '2 s';

INSERT INTO flights
SELECT
  `year`, `month`, `day`, carrier, flight, origin, dest, tailnum,
  TIMESTAMPADD(MINUTE, `minute`, TO_TIMESTAMP(time_hour, 'yyyy-MM-dd''T''HH:mm:ss''Z''')),
  dep_delay, arr_delay, air_time, distance,
  dep_delay IS NULL
FROM flight_events;
