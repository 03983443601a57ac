#!/bin/bash
# node.sh STATE ACTION NAME [ARGUMENT...]
#
#   on | off       power; `off` ends the node's processes at once, its disks stay
#   state          prints on, off or frozen
#   freeze | thaw  stops every process of the node and its pods where it stands, and lets them go on
#   populate STORE TAR...  gives a new node the images of a store (image-store.sh), made from these archives
#   import TAR...  loads images into the node's containerd, each only once
#   run COMMAND    runs a command inside the node: its processes, network and mounts
#
# A node is one process tree in its own pid, mount, host name and network namespaces and its own control group. When its
# first process ends, the kernel ends all of it and drops its mounts and links: nothing can be left behind.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/lib.sh"
action=$2 node=$3
shift 3
read -r _ zone address pods link < <(node_line "$node") || fail "no node is called $node"
root=$LAB_STATE/nodes.d/$node
group=$LAB_CGROUP/$node

# The node's own process 1: the one process of the group that is 1 in the next process namespace and in no deeper one.
first_process() {
  local pid
  for pid in $(cgroup_pids "$group"); do
    if awk '/^NSpid:/ { exit !(NF == 3 && $3 == 1) }' "/proc/$pid/status" 2>/dev/null; then echo "$pid"; return; fi
  done
  return 1
}

frozen() {
  local tree
  for tree in $(cgroup_trees); do
    if grep -qs FROZEN "$tree/$group/freezer.state" || grep -qs 'frozen 1' "$tree/$group/cgroup.events"; then return 0; fi
  done
  return 1
}

inside() {
  local pid
  pid=$(first_process) || fail "node $node is off"
  nsenter --target "$pid" --pid --mount --uts --net -- "$@"
}

power_on() {
  local daemons=$group
  if first_process > /dev/null; then return; fi
  cgroup_kill "$group"
  mkdir -p "$root"/{kubelet,log,pods}
  cgroup_make "$group"
  if cgroup_v2; then
    daemons=$group/node
    cgroup_make "$daemons"
    cgroup_share "$group"
  fi
  # Descriptor 9 keeps hold of this machine's network, from where the node's cable is plugged in.
  (
    cgroup_join "$daemons" "$BASHPID"
    exec setsid unshare --net bash "$here/node-boot.sh" "$LAB_STATE" "$node"
  ) >> "$root/log/boot.log" 2>&1 < /dev/null 9< /proc/self/ns/net &
  until_true 10 "node $node to start" first_process > /dev/null
}

has_containerd() { inside ctr --address /run/containerd/containerd.sock version > /dev/null 2>&1; }

# Keyed by name, size and time of the archive, so that a rebuilt image is loaded again.
mark() { echo "$root/images/$(stat -c '%n-%s-%Y' "$1" | tr '/' '_')"; }

populate() {
  local store=$1 tar database
  shift
  [ ! -d "$root/containerd" ] || return 0
  mkdir -p "$root/images"
  rm -rf "$root/containerd.new"
  # What images consist of is never written again and can be shared; the databases cannot.
  cp -al "$store" "$root/containerd.new" 2> /dev/null || { rm -rf "$root/containerd.new"; cp -a "$store" "$root/containerd.new"; }
  find "$root/containerd.new" -name '*.db' | while read -r database; do
    cp "$database" "$database.own"
    mv "$database.own" "$database"
  done
  for tar; do touch "$(mark "$tar")"; done
  mv "$root/containerd.new" "$root/containerd"
}

import() {
  local tar
  until_true 60 "containerd on $node" has_containerd
  for tar; do
    [ ! -e "$(mark "$tar")" ] || continue
    inside ctr --address /run/containerd/containerd.sock --namespace k8s.io images import "$tar"
    mkdir -p "$root/images"
    touch "$(mark "$tar")"
  done
}

case $action in
  on) power_on ;;
  off) cgroup_kill "$group" ;;
  state) if frozen; then echo frozen; elif first_process > /dev/null; then echo on; else echo off; fi ;;
  freeze) cgroup_freeze "$group" 1 ;;
  thaw) cgroup_wake "$group" ;;
  populate) populate "$@" ;;
  import) import "$@" ;;
  run) inside "$@" ;;
  *) fail "unknown action $action" ;;
esac
