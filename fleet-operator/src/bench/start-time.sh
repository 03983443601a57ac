#!/usr/bin/env bash
# Prints how long `flotilla version` takes beside an empty Java main with the same options, in alternating rounds:
#   fleet-operator/src/bench/start-time.sh [ROUNDS]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../.."
. ./.mvn/find-jdk.sh
use_jdk 25

rounds=${1:-11}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
printf 'public class Empty { public static void main(String[] words) {} }\n' > "$folder/Empty.java"
javac -d "$folder" "$folder/Empty.java"
./flotilla version > /dev/null # builds what is not built yet

millis() {
  local start=$EPOCHREALTIME end
  "$@" > /dev/null
  end=$EPOCHREALTIME
  echo $(((${end/./} - ${start/./}) / 1000))
}

for ((round = 0; round < rounds; round++)); do
  millis java -Xshare:auto -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp "$folder" Empty >> "$folder/empty"
  millis ./flotilla version >> "$folder/version"
done
for what in empty version; do
  sort -n "$folder/$what" | awk -v what="$what" '{ of[NR] = $1 } END { print what ": median " of[int((NR + 1) / 2)] " ms, least " of[1] " ms" }'
done
