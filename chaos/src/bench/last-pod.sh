#!/usr/bin/env bash
# Compares how fast the last pod of many databases is written: by the operator, by the StatefulSet controller, by a loop.
#   chaos/src/bench/last-pod.sh [--long]     `--help` lists the rest
# Starts a control plane with played nodes of its own and leaves nothing behind. Takes a quarter of an hour, `--long` an hour.
set -euo pipefail
home=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)
. "$home/.mvn/find-jdk.sh"
use_jdk 25
"$home/flotilla" version > /dev/null # builds what is not built yet

exec java --enable-native-access=ALL-UNNAMED -Dflotilla.home="$home" \
  -Dlogback.configurationFile="$home/chaos/lab/config/logback.xml" \
  -cp "$home/chaos/target/classes:$(<"$home/chaos/target/classpath")" dev.flotilla.chaos.bench.LastPod "$@"
