#!/usr/bin/env bash
# Builds what is missing and runs the quick start: real flights through DeltaCAT and Flink, checked at the end.
# All arguments go to the quick start; --help lists them. Needs JDK 17 or newer; Maven comes with the wrapper.
set -euo pipefail
cd "$(dirname "$0")"

java=java
if [ -n "${JAVA_HOME:-}" ] && [ -x "$JAVA_HOME/bin/java" ]; then
  java=$JAVA_HOME/bin/java
fi
version=$("$java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.specification\.version = //p' || true)
if ! [ "${version:-0}" -ge 17 ] 2>/dev/null; then
  echo "quickstart.sh needs Java 17 or newer; '$java' is ${version:-not there}. Install a JDK or set JAVA_HOME." >&2
  exit 1
fi

modules="file-formats client-core local-server flink-connector-deltacat quickstart"
built=quickstart/target/quickstart-built

# True if a source, a resource or a pom is newer than the last build that succeeded, or there was none.
outdated() {
  [ -f "$built" ] && [ -f quickstart/target/class-path.txt ] && [ -f local-server/target/deltacat-local-server.jar ] || return 0
  for module in $modules; do
    [ -d "$module/target/classes" ] || return 0
    [ -z "$(find "$module/pom.xml" "$module/src/main" -newer "$built" 2>/dev/null | head -n 1)" ] || return 0
  done
  [ -n "$(find pom.xml -newer "$built")" ]
}

if outdated; then
  maven=./mvnw
  if ! ./mvnw -v >/dev/null 2>&1; then
    if ! command -v mvn >/dev/null; then
      echo "The Maven wrapper cannot get Maven, and there is no 'mvn'. Connect to the network or install Maven." >&2
      exit 1
    fi
    maven=mvn
  fi
  echo "Building (only when sources changed) ..."
  mkdir -p quickstart/target
  touch "$built.started"
  log=quickstart/target/build.log
  if ! "$maven" -B -ntp -Dfast -DskipTests -pl local-server,quickstart -am package </dev/null >"$log" 2>&1; then
    tail -n 40 "$log" >&2
    echo "The build failed; all of its output is in $log." >&2
    exit 1
  fi
  mv "$built.started" "$built"
fi

exec "$java" -Xmx1g -XX:+UseSerialGC -XX:TieredStopAtLevel=1 \
  -cp "quickstart/target/classes:$(cat quickstart/target/class-path.txt)" io.deltacat.quickstart.QuickStart "$@"
