#!/usr/bin/env bash
# Compares the operators' own store with three members of etcd: puts, gets, entries of many changes, take-overs.
#   chaos/src/bench/store.sh     `--help` lists what can be set
# Both keep their data below chaos/target and nothing is left behind. Takes five minutes.
set -euo pipefail
home=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)
. "$home/.mvn/find-jdk.sh"
use_jdk 25
"$home/flotilla" version > /dev/null # builds what is not built yet

exec java --enable-native-access=ALL-UNNAMED -Dflotilla.home="$home" \
  -Dlogback.configurationFile="$home/chaos/lab/config/logback.xml" \
  -cp "$home/chaos/target/classes:$(<"$home/chaos/target/classpath")" dev.flotilla.chaos.bench.store.StoreRace \
  --directory "$home/chaos/target/store-race" "$@"
