#!/bin/bash
# control-plane.sh STATE start|stop|running|check COMPONENT...
#
# `check` ends an API server that runs but does not answer, with its etcd, so that `start` begins anew.
#
# Components: etcd kube-apiserver kube-controller-manager kube-scheduler. Each runs on this machine in a control group of
# its own; `start` leaves alone what runs already, and returns for the API server only when it answers.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/lib.sh"
action=$2
shift 2
pki=$LAB_STATE/pki

group() { echo "$LAB_CGROUP/control/$1"; }

launch() {
  local name=$1 group
  group=$(group "$1")
  shift
  cgroup_make "$group"
  # The log is appended to, so that a crash can be read after the repair.
  (
    cgroup_join "$group" "$BASHPID"
    cd "$LAB_STATE"
    exec setsid "$@"
  ) >> "$LAB_STATE/log/$name.log" 2>&1 < /dev/null &
}

etcd() {
  # Without fsync: a local cluster may lose its last writes when the machine loses power, and starts much faster.
  launch etcd etcd --data-dir "$LAB_STATE/etcd" --unsafe-no-fsync --log-level warn \
    --quota-backend-bytes 4294967296 --auto-compaction-retention 1h \
    --listen-client-urls "http://$LAB_LOOPBACK:2379" --advertise-client-urls "http://$LAB_LOOPBACK:2379" \
    --listen-peer-urls "http://$LAB_LOOPBACK:2380" --initial-advertise-peer-urls "http://$LAB_LOOPBACK:2380" \
    --initial-cluster "default=http://$LAB_LOOPBACK:2380"
}

answers() {
  kubectl --kubeconfig "$LAB_STATE/kubeconfig" --request-timeout 2s get --raw /readyz > /dev/null 2>&1 && return
  ! cgroup_empty "$(group etcd)" || fail "etcd ended; its log says why"
  ! cgroup_empty "$(group kube-apiserver)" || fail "the API server ended; its log says why"
  return 1
}

# The second one, as on OpenShift: only who may change an owner's finalizers may make it hold up its owner's deletion.
kube-apiserver() {
  local admission=NodeRestriction,OwnerReferencesPermissionEnforcement
  launch kube-apiserver kube-apiserver --etcd-servers "http://$LAB_LOOPBACK:2379" \
    --bind-address "$LAB_API" --advertise-address "$LAB_API" --secure-port 6443 --endpoint-reconciler-type none \
    --tls-cert-file "$pki/apiserver.crt" --tls-private-key-file "$pki/apiserver.key" \
    --client-ca-file "$pki/ca.crt" --authorization-mode Node,RBAC --enable-admission-plugins "$admission" \
    --service-account-key-file "$pki/service-accounts.pub" --service-account-signing-key-file "$pki/service-accounts.key" \
    --service-account-issuer https://kubernetes.default.svc --service-cluster-ip-range "$LAB_SERVICES" \
    --kubelet-client-certificate "$pki/kubelet-client.crt" --kubelet-client-key "$pki/kubelet-client.key" \
    --kubelet-certificate-authority "$pki/ca.crt" --kubelet-preferred-address-types InternalIP --allow-privileged \
    --audit-policy-file "$here/config/audit-policy.yaml" --audit-log-path "$LAB_STATE/log/audit.log" \
    --audit-log-mode blocking --audit-log-maxsize 1024 --audit-log-maxbackup 1
}

# A file of the cluster may hold more flags, one a line.
kube-controller-manager() {
  local more=()
  [ ! -f "$LAB_STATE/controller-manager.flags" ] || mapfile -t more < "$LAB_STATE/controller-manager.flags"
  launch kube-controller-manager kube-controller-manager --kubeconfig "$pki/controller-manager.conf" \
    --authentication-kubeconfig "$pki/controller-manager.conf" --authorization-kubeconfig "$pki/controller-manager.conf" \
    --service-account-private-key-file "$pki/service-accounts.key" --root-ca-file "$pki/ca.crt" \
    --controllers "$LAB_CONTROLLERS" --use-service-account-credentials --leader-elect=false --bind-address "$LAB_LOOPBACK" \
    --node-monitor-grace-period "${LAB_GRACE_SECONDS}s" --node-monitor-period 1s "${more[@]}"
}

kube-scheduler() {
  launch kube-scheduler kube-scheduler --kubeconfig "$pki/scheduler.conf" \
    --authentication-kubeconfig "$pki/scheduler.conf" --authorization-kubeconfig "$pki/scheduler.conf" \
    --leader-elect=false --bind-address "$LAB_LOOPBACK"
}

for component; do
  case $action in
    start)
      ! cgroup_empty "$(group "$component")" || "$component"
      [ "$component" != kube-apiserver ] || until_true 120 "the API server to answer at https://$LAB_API:6443" answers
      ;;
    stop) cgroup_kill "$(group "$component")" ;;
    running) cgroup_empty "$(group "$component")" || echo "$component" ;;
    check)
      cgroup_wake "$(group "$component")"
      if [ "$component" = kube-apiserver ] && ! cgroup_empty "$(group kube-apiserver)"; then
        (until_true 10 "an answer" answers) 2> /dev/null || { cgroup_kill "$(group kube-apiserver)"; cgroup_kill "$(group etcd)"; }
      fi
      ;;
    *) fail "unknown action $action" ;;
  esac
done
