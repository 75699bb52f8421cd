-- The tables of the quick start. quickstart.sh fills in what stands in braces after a dollar sign.

-- The shipped file, replayed as a stream at a given pace. 'replay' is a small connector of the quick start.
CREATE TABLE flight_events (
  `year` INT, `month` INT, `day` INT,
  dep_time INT, sched_dep_time INT, dep_delay INT,
  arr_time INT, sched_arr_time INT, arr_delay INT,
  carrier STRING, flight INT, tailnum STRING, origin STRING, dest STRING,
  air_time INT, distance INT, `hour` INT, `minute` INT, time_hour STRING
) WITH (
  'connector' = 'replay',
  'path' = '${data}',
  'rows' = '${rows}',
  'rows-per-second' = '${rows-per-second}',
  'format' = 'csv',
  'csv.null-literal' = 'NA'
);

-- A DeltaCAT table: one transaction per checkpoint of the job that writes it.
CREATE TABLE flights (
  `year` INT NOT NULL, `month` INT NOT NULL, `day` INT NOT NULL,
  carrier STRING NOT NULL, flight INT NOT NULL, origin STRING NOT NULL, dest STRING NOT NULL,
  tailnum STRING,
  scheduled TIMESTAMP(3) NOT NULL,
  dep_delay INT, arr_delay INT, air_time INT,
  distance INT NOT NULL,
  cancelled BOOLEAN NOT NULL
) WITH (
  'connector' = 'deltacat',
  'uri' = '${server}',
  'namespace' = '${namespace}',
  'table' = 'flights',
  'sink.create-if-missing' = 'true'
);

-- A second one with the same columns, filled by the job that follows the first.
CREATE TABLE flights_followed WITH ('table' = 'flights_followed') LIKE flights (OVERWRITING OPTIONS);
