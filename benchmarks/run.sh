#!/usr/bin/env bash
# Compares our Parquet reader and writer with Flink's, in fresh JVMs that take turns.
#   benchmarks/run.sh read  [--rows 2000000] [--nulls 0.05] [--repetitions 3] [--codecs zstd,snappy]
#   benchmarks/run.sh write [--rows 400000]  ...
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
root="$(dirname "$here")"
classpath="$here/target/benchmark.classpath"

cd "$root"
./mvnw -q -B -Dfast -DskipTests -pl benchmarks -am process-classes dependency:build-classpath \
  -Dmdep.includeScope=test -Dmdep.outputFile="$classpath" -Dmdep.regenerateFile=true
exec java -cp "$here/target/classes:$(cat "$classpath")" io.deltacat.benchmarks.BenchmarkMain "$@"
