-- (d) The same flights again, now as what happens to them: scheduled, then departed or cancelled, then arrived.
CREATE TABLE flight_changes (
  step INT,
  `year` INT, `month` INT, `day` INT,
  dep_time INT, sched_dep_time INT, dep_delay INT,
  arr_time INT, sched_arr_time INT, arr_delay INT,
  carrier STRING, flight INT, tailnum STRING, origin STRING, dest STRING,
  air_time INT, distance INT, `hour` INT, `minute` INT, time_hour STRING
) WITH (
  'connector' = 'replay',
  'path' = '${data}',
  'rows' = '${rows}',
  'rows-per-second' = '${changes-per-second}',
  'steps' = '3',
  'format' = 'csv',
  'csv.null-literal' = 'NA'
);

-- One row per flight, however often it changes: the primary key becomes the table's merge keys.
CREATE TABLE flight_status (
  `year` INT, `month` INT, `day` INT,
  carrier STRING, flight INT, origin STRING, dest STRING NOT NULL,
  tailnum STRING,
  scheduled TIMESTAMP(3) NOT NULL,
  dep_delay INT, arr_delay INT, air_time INT,
  distance INT NOT NULL,
  cancelled BOOLEAN NOT NULL,
  status STRING NOT NULL,
  PRIMARY KEY (`year`, `month`, `day`, carrier, flight, origin) NOT ENFORCED
) WITH (
  'connector' = 'deltacat',
  'uri' = '${server}',
  'namespace' = '${namespace}',
  'table' = 'flight_status',
  'sink.create-if-missing' = 'true'
);

SET 'pipeline.name' = 'status: what happens to each flight, into flight_status';
SET 'execution.checkpointing.interval' = '2 s';

-- All changes of a flight come from one reader, in order: the last one is the right one, and Flink need not ask which.
SET 'table.exec.sink.require-on-conflict' = 'false';

INSERT INTO flight_status
SELECT
  `year`, `month`, `day`, carrier, flight, origin, dest, tailnum,
  TIMESTAMPADD(MINUTE, `minute`, TO_TIMESTAMP(time_hour, 'yyyy-MM-dd''T''HH:mm:ss''Z''')),
  CASE WHEN step > 0 THEN dep_delay END,
  CASE WHEN step > 1 THEN arr_delay END,
  CASE WHEN step > 1 THEN air_time END,
  distance,
  step > 0 AND dep_delay IS NULL,
  CASE WHEN step = 0 THEN 'scheduled' WHEN dep_delay IS NULL THEN 'cancelled' WHEN step = 1 THEN 'departed' ELSE 'arrived' END
FROM flight_changes
WHERE step < 2 OR arr_delay IS NOT NULL;
