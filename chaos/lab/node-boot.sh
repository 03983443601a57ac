#!/bin/bash
# node-boot.sh STATE NAME : started by node.sh in a new, empty network namespace. Plugs the node in, then becomes its
# process 1 (node-init.sh) in new pid, mount and host name namespaces. Descriptor 9 is the machine's network namespace.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/lib.sh"
read -r node zone address pods link < <(node_line "$2")

on_machine() { nsenter --net=/proc/self/fd/9 -- "$@"; }

on_machine ip link delete "$link" 2> /dev/null || true # the cable of a node that died a moment ago
on_machine ip link add "$link" type veth peer name eth0 netns $$
on_machine ip link set "$link" master "$LAB_LINK-z-$zone" up
ip link set lo up
ip addr add "$address/24" dev eth0
ip link set eth0 up
ip route add default via "$LAB_GATEWAY"
# Pods of the other nodes of this cluster are reached directly, not through the gateway: zones can be cut one by one.
while read -r other _ other_address other_pods _; do
  [ "$other" = "$node" ] || ip route add "$other_pods" via "$other_address"
done < "$LAB_STATE/nodes"
echo 1 > /proc/sys/net/ipv4/ip_forward

exec 9<&-
exec unshare --mount --uts --pid --fork --kill-child --mount-proc bash "$here/node-init.sh" "$LAB_STATE" "$node"
