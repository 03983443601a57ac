#!/usr/bin/env bash
# Measures how long an operator needs from its start until it has looked at each of many databases.
#   chaos/src/bench/first-pass.sh     `--help` lists what can be set
# Starts a control plane with played nodes of its own and leaves nothing behind. Takes five minutes.
set -euo pipefail
home=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)
. "$home/.mvn/find-jdk.sh"
use_jdk 25
"$home/flotilla" version > /dev/null # builds what is not built yet

exec java --enable-native-access=ALL-UNNAMED -Dflotilla.home="$home" \
  -Dlogback.configurationFile="$home/chaos/lab/config/logback.xml" \
  -cp "$home/chaos/target/classes:$(<"$home/chaos/target/classpath")" dev.flotilla.chaos.bench.FirstPass "$@"
