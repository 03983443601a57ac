#!/bin/bash
# network.sh STATE : the cluster's network on this machine; may be run again.
#
#   node-a-1 ─┐
#   node-a-2 ─┴─ bridge fl0-z-a ══ fl0-d-a│fl0-u-a ══ bridge fl0 (gateway, API server) ══ the other zones
#
# A zone is a bridge of its own. One veth pair joins it to the core; taking that pair down cuts the zone off while
# traffic inside it goes on.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/lib.sh"

bridge() { [ -d "/sys/class/net/$1" ] || ip link add "$1" type bridge; ip link set "$1" up; }

bridge "$LAB_LINK"
ip addr replace "$LAB_GATEWAY/24" dev "$LAB_LINK"
for zone in $LAB_ZONES; do
  bridge "$LAB_LINK-z-$zone"
  up=$LAB_LINK-u-$zone down=$LAB_LINK-d-$zone
  [ -d "/sys/class/net/$up" ] || ip link add "$up" type veth peer name "$down"
  ip link set "$up" master "$LAB_LINK" up
  ip link set "$down" master "$LAB_LINK-z-$zone" up
done
# The way from this machine to pods leads through their node, without address translation.
while read -r _ zone address pods link; do
  ip route replace "$pods" via "$address" dev "$LAB_LINK"
  # The cable of a running node, in case its bridge was gone.
  [ ! -d "/sys/class/net/$link" ] || ip link set "$link" master "$LAB_LINK-z-$zone" up
done < "$LAB_STATE/nodes"
