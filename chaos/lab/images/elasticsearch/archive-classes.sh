#!/bin/sh
# archive-classes.sh BASE JDK SERVER OUT
#
# Starts the server once in the root in which it will run, uses it a little, stops it, and keeps the classes
# that it loaded as OUT, a class-data archive; with it a member starts in half the processor time. Needs
# root, and runs in namespaces of its own: unshare --net --mount --uts --pid --fork --kill-child sh THIS ...
#
# The archive holds only for the same jars at the same paths with the same times of change, hence the chroot.
set -eu
base=$1 jdk=$2 server=$3 out=$4
home=/usr/share/elasticsearch

# The server looks its data folder up in the table of mounts, where a chroot's root would be missing.
mount --make-rprivate /
mount --bind "$base" "$base"
mount --bind "$server$home" "$base$home"
mount --bind "$jdk$home/jdk" "$base$home/jdk"
mount -t proc proc "$base/proc"
mount --bind /dev "$base/dev"
for folder in tmp "usr/share/elasticsearch/data" "usr/share/elasticsearch/logs"; do
  mount -t tmpfs -o mode=1777 tmpfs "$base/$folder"
done
hostname training
"$base/bin/busybox" ip link set lo up
cat > "$base/tmp/hosts" <<'HOSTS'
127.0.0.1 localhost training
HOSTS
mount --bind "$base/tmp/hosts" "$base/etc/hosts"

cat > "$base/tmp/train.sh" <<'TRAIN'
export CDS_FLAGS="-XX:ArchiveClassesAtExit=/tmp/elasticsearch.jsa -Xlog:cds=error"
export ES_JAVA_OPTS="-Xms256m -Xmx256m"
/usr/share/elasticsearch/bin/elasticsearch -Enode.name=training -Enetwork.host=127.0.0.1 \
  -Ediscovery.type=single-node -Expack.security.enabled=true \
  -Expack.security.authc.anonymous.roles=superuser &
server=$!
get() { wget -q -O /dev/null "http://127.0.0.1:9200$1"; }
post() {
  wget -q -O /dev/null --header 'Content-Type: application/json' --post-data "$2" \
    "http://127.0.0.1:9200$1"
}
tries=0
until get "/_cluster/health?wait_for_status=green" 2> /dev/null; do
  tries=$((tries + 1))
  [ "$tries" -lt 600 ] && kill -0 "$server" || exit 1
  sleep 0.2
done
get /
post "/training/_doc?refresh=true" '{"word": "member"}'
post /training/_search '{"query": {"match": {"word": "member"}}}'
get /_cluster/state
get /_nodes/settings
get "/_cluster/settings?include_defaults=true"
get "/_cat/allocation?format=json"
get "/_cat/recovery?format=json"
kill "$server"
wait "$server" || true
TRAIN
chroot --userspec=1000:0 "$base" /bin/sh /tmp/train.sh
cp "$base/tmp/elasticsearch.jsa" "$out"
