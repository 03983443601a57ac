# Sourced first by every script that works on one cluster: `. lib.sh STATE`.
#
# STATE is the cluster's folder. The Java driver has put two files there, and nothing else is known to the scripts:
#   lab.env   names, addresses and folders as shell variables (LAB_...)
#   nodes     one line per node: NAME ZONE ADDRESS PODS LINK
# Everything that a cluster runs sits in control groups below $LAB_CGROUP. That is how its processes are found again:
# by membership, never by a remembered process id, which the kernel may have given to somebody else meanwhile.

LAB_STATE=$(realpath "$1")
. "$LAB_STATE/lab.env"
export PATH="$LAB_PROGRAMS:$LAB_DEBIAN/usr/bin:$LAB_DEBIAN/bin:$LAB_DEBIAN/usr/sbin:$LAB_DEBIAN/sbin:$PATH"
export LD_LIBRARY_PATH="$LAB_DEBIAN/usr/lib/$LAB_TRIPLET:$LAB_DEBIAN/lib/$LAB_TRIPLET"

fail() { echo "$*" >&2; exit 1; }

# until_true SECONDS WHAT COMMAND... : waits, never for ever, and says what it waited for.
until_true() {
  local deadline=$((SECONDS + $1)) what=$2
  shift 2
  until "$@"; do
    [ "$SECONDS" -lt "$deadline" ] || fail "gave up waiting for $what"
    sleep 0.1
  done
}

node_line() { awk -v n="$1" '$1 == n' "$LAB_STATE/nodes"; }

# --- control groups, both versions -----------------------------------------------------------------------------------
# Version 2 is one tree. Version 1 is one tree per controller: the same path is made, joined and removed in each.

cgroup_v2() { [ -f /sys/fs/cgroup/cgroup.controllers ]; }

cgroup_trees() {
  awk '{ for (i = 7; i < NF; i++) if ($i == "-" && $(i + 1) ~ /^cgroup2?$/) print $5 }' /proc/self/mountinfo | sort -u
}

cgroup_make() {
  local tree path=$1
  for tree in $(cgroup_trees); do
    mkdir -p "$tree/$path"
    # A new cpuset group (version 1) has no processor at all and takes nobody in until it is given some.
    if [ -f "$tree/$path/cpuset.cpus" ] && ! cgroup_v2; then
      local part=$tree piece
      for piece in ${path//\// }; do
        cat "$part/cpuset.cpus" > "$part/$piece/cpuset.cpus"
        cat "$part/cpuset.mems" > "$part/$piece/cpuset.mems"
        part=$part/$piece
      done
    fi
  done
}

# cgroup_share PATH : lets the children of PATH have controllers (version 2 only; processes may then sit in leaves only).
cgroup_share() {
  cgroup_v2 || return 0
  local part=/sys/fs/cgroup piece
  for piece in . ${1//\// }; do
    part=$part/$piece
    echo "+cpu +memory +pids +io" > "$part/cgroup.subtree_control" || true
  done
}

cgroup_join() {
  local tree
  for tree in $(cgroup_trees); do echo "$2" > "$tree/$1/cgroup.procs"; done
}

cgroup_pids() {
  local tree
  for tree in $(cgroup_trees); do
    [ -d "$tree/$1" ] || continue
    find "$tree/$1" -name cgroup.procs -exec cat {} + 2>/dev/null || true
  done | sort -un
}

cgroup_empty() { [ -z "$(cgroup_pids "$1")" ]; }

# cgroup_freeze PATH 1|0 : stops every process of the group where it stands, or lets it go on.
cgroup_freeze() {
  local tree file
  if cgroup_v2; then
    [ ! -d "/sys/fs/cgroup/$1" ] || echo "$2" > "/sys/fs/cgroup/$1/cgroup.freeze"
    return
  fi
  for tree in $(cgroup_trees); do
    [ -f "$tree/$1/freezer.state" ] || continue
    if [ "$2" = 1 ]; then echo FROZEN > "$tree/$1/freezer.state"; return; fi
    for file in $(find "$tree/$1" -name freezer.state); do echo THAWED > "$file"; done
  done
}

# cgroup_wake PATH : thaws the group and continues what somebody stopped by signal.
cgroup_wake() {
  local pids
  cgroup_freeze "$1" 0
  pids=$(cgroup_pids "$1")
  # shellcheck disable=SC2086
  [ -z "$pids" ] || kill -CONT $pids 2> /dev/null || true
}

# Kill and look again until nothing is left: a process may fork while we read. A frozen process dies only when thawed.
cgroup_kill_once() {
  local pids
  cgroup_freeze "$1" 0
  pids=$(cgroup_pids "$1")
  [ -n "$pids" ] || return 0
  # shellcheck disable=SC2086
  kill -9 $pids 2>/dev/null || true
  return 1
}

cgroup_kill() { until_true 20 "the processes in control group $1 to end" cgroup_kill_once "$1"; }

cgroup_remove_once() {
  local tree
  for tree in $(cgroup_trees); do
    [ ! -d "$tree/$1" ] || find "$tree/$1" -depth -type d -exec rmdir {} + 2>/dev/null || true
  done
  for tree in $(cgroup_trees); do [ ! -d "$tree/$1" ] || return 1; done
}

cgroup_remove() { until_true 10 "control group $1 to be removed" cgroup_remove_once "$1"; }
