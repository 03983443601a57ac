#!/bin/bash
# zone.sh STATE cut|heal ZONE : takes a zone's link to the other zones and the control plane away, and gives it back.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/lib.sh"
case $2 in
  cut) ip link set "$LAB_LINK-u-$3" down ;;
  heal) ip link set "$LAB_LINK-u-$3" up ;;
  *) fail "unknown action $2" ;;
esac
