#!/bin/bash
# dns.sh STATE await : waits until each node gets answers from each of the cluster's DNS servers.
#
# What the API server says of them may be old: a server that ended with its node a moment ago is still called ready, at
# an address that nobody has any more.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/lib.sh"
kube() { kubectl --kubeconfig "$LAB_STATE/kubeconfig" --request-timeout 5s --namespace kube-system "$@"; }

servers() {
  kube get endpointslices --selector kubernetes.io/service-name=kube-dns --output \
    'jsonpath={range .items[*].endpoints[?(@.conditions.ready==true)]}{.addresses[0]}{"\n"}{end}'
}

# ask NODE ADDRESS... : whether all of them answer on that node.
ask() {
  # shellcheck disable=SC2016
  "$here/node.sh" "$LAB_STATE" run "$1" bash -c '
    for server; do timeout 3 busybox nslookup kubernetes.default.svc.cluster.local "$server" || exit 1; done' \
    ask "${@:2}" > /dev/null 2>&1 < /dev/null
}

all_answer() {
  local found wanted node asking=() pid answered=0
  wanted=$(kube get deployment coredns --output 'jsonpath={.spec.replicas}') && found=$(servers) || return 1
  [ "$(wc -w <<< "$found")" -eq "$wanted" ] || return 1
  while read -r node _; do
    # shellcheck disable=SC2086
    ask "$node" ${found//$'\n'/:1053 }:1053 "$LAB_DNS:53" &
    asking+=($!)
  done < "$LAB_STATE/nodes"
  for pid in "${asking[@]}"; do wait "$pid" || answered=1; done
  return "$answered"
}

until_true 90 "the DNS servers to answer on every node" all_answer
