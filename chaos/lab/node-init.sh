#!/bin/bash
# node-init.sh STATE NAME : process 1 of a node. Starts containerd, kubelet and kube-proxy and starts them again when they end.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/lib.sh"
read -r node zone address _ _ < <(node_line "$2")
root=$LAB_STATE/nodes.d/$node

ulimit -n 1048576 2> /dev/null || ulimit -n "$(ulimit -Hn)"
mount --make-rshared / # what the kubelet mounts must be seen in pods
mount -t tmpfs tmpfs /run # sockets, shims and pod namespaces of this node only; empty after each power cycle
hostname "$node"
mkdir -p /run/containerd /run/lock

keep() {
  local name=$1
  shift
  while true; do
    "$@" >> "$root/log/$name.log" 2>&1 < /dev/null || true
    sleep 1
  done &
}

has_containerd() { ctr --address /run/containerd/containerd.sock version > /dev/null 2>&1; }

keep containerd containerd --config "$root/containerd.toml"
until_true 60 "containerd on $node" has_containerd
keep kubelet kubelet --config "$root/kubelet.yaml" --kubeconfig "$LAB_STATE/pki/$node.conf" --root-dir "$root/kubelet" \
  --hostname-override "$node" --node-ip "$address" --cert-dir "$root/kubelet/pki" \
  --node-labels "topology.kubernetes.io/zone=$zone,topology.kubernetes.io/region=$LAB_REGION"
# The connection tracking limits belong to the whole machine: zero means leave them alone.
keep kube-proxy kube-proxy --kubeconfig "$LAB_STATE/pki/kube-proxy.conf" --hostname-override "$node" --proxy-mode nftables \
  --metrics-bind-address 127.0.0.1:10249 --conntrack-max-per-core 0 --conntrack-min 0 \
  --conntrack-tcp-timeout-established 0 --conntrack-tcp-timeout-close-wait 0
while true; do
  wait
  sleep 1
done
