#!/bin/bash
# image-store.sh STATE STORES ARCHIVE... : prints a folder below STORES that holds a containerd root with these images in it.
#
# Unpacking an image costs more than all else that a node does when it starts. It is done once; a new node gets the result
# as hard links (node.sh populate), which takes no time and no space.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/lib.sh"
stores=$2
shift 2
stamp=$(cat <(stat -c '%n %s %Y' "$@") "$here/image-store.sh" | sha256sum | cut -c1-16)
store=$stores/$stamp
if [ ! -d "$store" ]; then
  mkdir -p "$stores"
  work=$(mktemp -d "$stores/.fill-XXXXXX")
  group=$LAB_CGROUP/image-store
  trap 'cgroup_kill "$group"; rm -rf "$work"' EXIT
  cat > "$work/containerd.toml" << TOML
version = 2
root = "$work/root"
state = "/run/containerd/state"
disabled_plugins = ["io.containerd.grpc.v1.cri"]
[grpc]
  address = "/run/containerd/containerd.sock"
TOML
  cgroup_make "$group"
  (
    cgroup_join "$group" "$BASHPID"
    exec unshare --mount --pid --fork --kill-child --mount-proc bash "$here/image-store-fill.sh" "$work/containerd.toml" "$@"
  ) < /dev/null
  cgroup_kill "$group"
  mv -T "$work/root" "$store" 2> /dev/null || [ -d "$store" ]
  # Nodes keep their own links to what older stores held.
  find "$stores" -mindepth 1 -maxdepth 1 -type d ! -path "$store" ! -path "$work" -exec rm -rf {} +
fi
echo "$store"
