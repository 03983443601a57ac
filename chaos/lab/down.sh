#!/bin/bash
# down.sh STATE : ends one cluster and leaves nothing of it: processes, network, control groups, its folder. May be run
# again, also on a cluster that never came up. Mounts and network namespaces of nodes end with their processes.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/lib.sh"

cgroup_kill "$LAB_CGROUP"
for path in "/sys/class/net/$LAB_LINK" "/sys/class/net/$LAB_LINK"-*; do
  [ ! -e "$path" ] || ip link delete "${path##*/}" 2> /dev/null || true # the other end of a pair goes with the first
done
cgroup_remove "$LAB_CGROUP"
# Nothing of ours is mounted here; if something is all the same, it must not be emptied by the removal below.
awk -v folder="$LAB_STATE/" 'index($5, folder) == 1 { print $5 }' /proc/self/mountinfo | sort -r |
  while read -r mount; do umount --lazy "$mount"; done
rm -rf --one-file-system "$LAB_STATE"
