#!/bin/bash
# image-store-fill.sh CONFIG ARCHIVE... : started by image-store.sh in namespaces of its own; runs a containerd until all
# archives are in its root. When this process ends, the namespaces end, and with them containerd and its mounts.
set -euo pipefail
config=$1
shift
ctr=(ctr --address /run/containerd/containerd.sock)
mount -t tmpfs tmpfs /run
containerd --config "$config" --log-level warn < /dev/null &
deadline=$((SECONDS + 60))
until "${ctr[@]}" version > /dev/null 2>&1; do
  [ "$SECONDS" -lt "$deadline" ] || { echo "gave up waiting for containerd" >&2; exit 1; }
  sleep 0.1
done
done=0
for archive; do
  echo "@ $done $# images unpacked"
  "${ctr[@]}" --namespace k8s.io images import "$archive"
  done=$((done + 1))
done
# Asked to end, containerd closes its databases.
kill %1
wait %1 || true
