#!/bin/bash
# programs.sh CACHE NAME : builds one folder of programs/ (the tools its go.mod names) and prints the folder of the result.
#
# The versions are those of the committed go.mod and go.sum. What fits is kept in the cache, keyed by these two, the Go
# version and this script; a build goes to a folder of its own and is renamed when it is whole, so that an interrupted
# one is never taken for a finished one. Lines "@ DONE TOTAL packages" on standard output tell how far it is.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cache=$1 name=$2
source=$here/programs/$name

export CGO_ENABLED=0 GOFLAGS="-buildvcs=false -trimpath" GOTOOLCHAIN=local GOWORK=off
stamp=$(cat "$source"/* "$here/programs.sh" <(go version) | sha256sum | cut -c1-16)
target=$cache/programs/$name-$stamp
if [ ! -d "$target" ]; then
  work=$(mktemp -d "$cache/programs/.$name-XXXXXX")
  trap 'rm -rf "$work"' EXIT
  cp -r "$source" "$work/source"
  cd "$work/source"

  # kubectl and the API server report the version that the linker writes here.
  version=$(go list -m -f '{{.Version}}' k8s.io/kubernetes 2> /dev/null || true)
  flags="-s -w"
  if [ -n "$version" ]; then
    package=k8s.io/component-base/version
    minor=${version#v1.}
    flags+=" -X $package.gitVersion=$version -X $package.gitMajor=1 -X $package.gitMinor=${minor%%.*}"
  fi

  mkdir "$work/bin"
  echo "@ 0 0 modules to download"
  total=$(go list -deps tool | wc -l)
  # One program after the other: the linker of the API server alone needs 2 GB.
  go build -v -p "$(nproc)" -ldflags "$flags" -o "$work/bin/" tool 2>&1 |
    awk -v total="$total" '
      /^[a-zA-Z0-9_.\/-]+$/ { if (++n % 25 == 0) { print "@ " n " " total " packages"; fflush() } next }
      { print; fflush() }'
  # The go tool names a program after its folder; etcd lives in one called server.
  [ ! -e "$work/bin/server" ] || mv "$work/bin/server" "$work/bin/etcd"
  mv -T "$work/bin" "$target" 2> /dev/null || [ -d "$target" ] # somebody else was faster: theirs is as good
fi
echo "$target"
