#!/bin/bash
# service.sh STATE start|stop|running NAME [COMMAND...] : a process of ours beside the control plane, such as the provisioner.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/lib.sh"
action=$2 name=$3
shift 3
group=$LAB_CGROUP/service/$name
case $action in
  start)
    cgroup_kill "$group"
    cgroup_make "$group"
    # The libraries of the unpacked packages are for the nodes; this is a program of the machine.
    (
      cgroup_join "$group" "$BASHPID"
      cd "$LAB_STATE"
      exec env --unset=LD_LIBRARY_PATH setsid "$@"
    ) >> "$LAB_STATE/log/$name.log" 2>&1 < /dev/null &
    ;;
  stop) cgroup_kill "$group" ;;
  running) cgroup_empty "$group" || echo "$name" ;;
  *) fail "unknown action $action" ;;
esac
