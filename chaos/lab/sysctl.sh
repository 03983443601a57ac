#!/bin/bash
# sysctl.sh save FOLDER | set FOLDER NAME=VALUE... | restore FOLDER
#
# Kernel settings belong to the whole machine. `save` writes down, once, what stood in every setting that a cluster or its
# kubelets change; `restore` puts it back.
set -euo pipefail
action=$1 folder=$2
shift 2
saved=$folder/sysctls
# The kubelet writes the last five when it starts.
names="vm/max_map_count fs/inotify/max_user_instances net/ipv4/ip_forward
  vm/overcommit_memory kernel/panic kernel/panic_on_oops kernel/keys/root_maxkeys kernel/keys/root_maxbytes"

case $action in
  save)
    [ ! -e "$saved" ] || exit 0
    for name in $names; do
      [ ! -r "/proc/sys/$name" ] || echo "$name $(cat "/proc/sys/$name")"
    done > "$saved.new"
    mv "$saved.new" "$saved"
    ;;
  set)
    for setting; do
      name=${setting%%=*} value=${setting#*=}
      [ "$(cat "/proc/sys/$name")" -ge "$value" ] || echo "$value" > "/proc/sys/$name"
    done
    ;;
  restore)
    [ -e "$saved" ] || exit 0
    while read -r name value; do
      [ "$(cat "/proc/sys/$name")" = "$value" ] || echo "$value" > "/proc/sys/$name"
    done < "$saved"
    rm "$saved"
    ;;
esac
