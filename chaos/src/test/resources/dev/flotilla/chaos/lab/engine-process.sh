#!/bin/sh
# engine-process.sh ROOT FOLDER NAME COMMAND...
#
# Runs COMMAND as a container of the image in ROOT would run, as uid 1000 and with the folders of FOLDER where a
# pod has its mounts, but on this machine's own loopback. Data lie in memory. It ends when standard input ends, so
# that nothing is left when whoever started it has died. Needs root.
set -eu
root=$1 folder=$2 name=$3
shift 3

# The script's own arguments, for the shell within.
export ROOT="$root" FOLDER="$folder" NAME="$name"
unshare --mount --pid --uts --fork --kill-child sh -euc '
  mount --make-rprivate /
  hostname "$NAME"
  mount --bind "$ROOT" "$ROOT"
  mount -t proc proc "$ROOT/proc"
  mount --bind /dev "$ROOT/dev"
  for part in tmp usr/share/elasticsearch/data usr/share/elasticsearch/logs mnt/flotilla/etc; do
    mount -t tmpfs -o mode=1777 tmpfs "$ROOT/$part"
  done
  for part in config seeds tls login; do
    mount --bind "$FOLDER/$part" "$ROOT/mnt/flotilla/$part"
  done
  echo "127.0.0.1 localhost $NAME" > "$ROOT/tmp/hosts"
  mount --bind "$ROOT/tmp/hosts" "$ROOT/etc/hosts"
  # No exec: the first process dies with unshare, and all others with it, but not once it is another user.
  chroot --userspec=1000:0 "$ROOT" "$@"
  exit $?
' sh "$@" &
engine=$!
# Not TERM, which unshare leaves to its child. The engine has nothing to save: its data lie in memory.
trap 'kill -KILL "$engine" 2> /dev/null || true; wait "$engine" 2> /dev/null || true' EXIT
cat > /dev/null
