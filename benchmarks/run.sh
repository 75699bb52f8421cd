#!/usr/bin/env bash
# Measures side by side with peers, in fresh JVMs that take turns.
#   benchmarks/run.sh read|write   our Parquet reader and writer, Flink's
#       [--rows 2000000] [--nulls 0.05] [--repetitions 3] [--codecs zstd,snappy]
#   benchmarks/run.sh append|upsert|scan|merged   whole Flink jobs: our connector, Flink's filesystem connector, Paimon's, Iceberg's
#       [--rows N] [--keys N] [--streaming true|false] [--parallelism 1] [--codec ZSTD] [--contestants DELTACAT,PAIMON]
#   benchmarks/run.sh commits      durable commits per second of the local server
#       [--clients 8] [--seconds 10] [--repetitions 3]
#   benchmarks/run.sh large-table  listings and plans of a table of a million files, of a server with a small heap
#       [--deltas 10000] [--files-per-delta 100] [--listings 300]
#   benchmarks/run.sh merge        merged reads in plain Java, and the Python client's of the same table
#       [--rows 2000000] [--keys 500000] [--python PATH] [--repetitions 3]
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
root="$(dirname "$here")"
classpath="$here/target/benchmark.classpath"

main=io.deltacat.benchmarks.BenchmarkMain
profile=()
case "${1:-}" in
  append | upsert | scan | merged)
    main=io.deltacat.benchmarks.job.JobBenchmarkMain
    profile=(-Ppeers)
    ;;
  commits | large-table | merge)
    main=io.deltacat.benchmarks.server.ServerBenchmarkMain
    ;;
esac

cd "$root"
./mvnw -q -B -Dfast -DskipTests "${profile[@]}" -pl benchmarks -am test-compile dependency:build-classpath \
  -Dmdep.includeScope=test -Dmdep.outputFile="$classpath" -Dmdep.regenerateFile=true
exec java -cp "$here/target/classes:$(cat "$classpath")" "$main" "$@"
