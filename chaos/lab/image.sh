#!/bin/bash
# image.sh CACHE NAME VERSION PROGRAM : an image flotilla.local/NAME:VERSION that holds one static program and nothing else,
# as an OCI archive in CACHE/images. Made with tar and sha256sum alone; the same program gives the same bytes.
set -euo pipefail
cache=$1 name=$2 version=$3 program=$4
archive=$cache/images/$name.tar
mkdir -p "$cache/images"
made_from="$name $version $program"
# The folder of the program carries the stamp of its sources.
[ ! -e "$archive" ] || [ "$(cat "$archive.from" 2> /dev/null)" != "$made_from" ] || exit 0

work=$(mktemp -d "$cache/images/.$name-XXXXXX")
trap 'rm -rf "$work"' EXIT
pack() { tar --create --owner=0 --group=0 --numeric-owner --mtime=@0 --sort=name --file "$@"; }
digest() { sha256sum "$1" | cut -d' ' -f1; }
# blob FILE : moves it to where its digest says and prints the digest
blob() {
  local sum
  sum=$(digest "$1")
  mv "$1" "$work/oci/blobs/sha256/$sum"
  echo "$sum"
}
mkdir -p "$work/root" "$work/oci/blobs/sha256"
cp "$program" "$work/root/$name"
chmod 755 "$work/root" "$work/root/$name"
pack "$work/layer" -C "$work/root" .
layer_size=$(stat -c %s "$work/layer")
layer=$(blob "$work/layer")

machine=$(dpkg --print-architecture)
printf '{"architecture":"%s","os":"linux","config":{"Entrypoint":["/%s"]},"rootfs":{"type":"layers","diff_ids":["sha256:%s"]}}' \
  "$machine" "$name" "$layer" > "$work/config"
config_size=$(stat -c %s "$work/config")
config=$(blob "$work/config")

media=application/vnd.oci.image
printf '{"schemaVersion":2,"mediaType":"%s.manifest.v1+json","config":{"mediaType":"%s.config.v1+json","digest":"sha256:%s","size":%d},"layers":[{"mediaType":"%s.layer.v1.tar","digest":"sha256:%s","size":%d}]}' \
  "$media" "$media" "$config" "$config_size" "$media" "$layer" "$layer_size" > "$work/manifest"
manifest_size=$(stat -c %s "$work/manifest")
manifest=$(blob "$work/manifest")

printf '{"schemaVersion":2,"manifests":[{"mediaType":"%s.manifest.v1+json","digest":"sha256:%s","size":%d,"annotations":{"io.containerd.image.name":"flotilla.local/%s:%s","org.opencontainers.image.ref.name":"%s"}}]}' \
  "$media" "$manifest" "$manifest_size" "$name" "$version" "$version" > "$work/oci/index.json"
printf '{"imageLayoutVersion":"1.0.0"}' > "$work/oci/oci-layout"
pack "$work/archive" -C "$work/oci" oci-layout index.json blobs
mv "$work/archive" "$archive"
echo "$made_from" > "$archive.from"
