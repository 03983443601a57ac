#!/bin/bash
# packages.sh CACHE [LIST] : downloads the Debian packages of packages.txt, or of another list in this folder, with the
# libraries they need, unpacks them into the cache and prints the folder. Nothing is installed: apt works on lists and folders of its own, the packages' scripts do
# not run, no service is started.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cache=$1
list=$here/${2:-packages.txt}
architecture=$(dpkg --print-architecture)
release=$(. /etc/os-release && echo "${VERSION_CODENAME:-unknown}")
stamp=$(cat "$list" "$here/packages.sh" <(echo "$architecture $release") | sha256sum | cut -c1-16)
target=$cache/packages/$release-$stamp
if [ ! -d "$target" ]; then
  mkdir -p "$cache/packages"
  work=$(mktemp -d "$cache/packages/.unpack-XXXXXX")
  trap 'rm -rf "$work"' EXIT
  mkdir -p "$work"/{lists,cache/archives}/partial "$work/root"
  # With an empty record of installed packages the result does not depend on what this machine happens to have.
  : > "$work/installed"
  apt=(apt-get -q -o "Dir::State::lists=$work/lists" -o "Dir::State::status=$work/installed"
    -o "Dir::Cache=$work/cache"
    -o Debug::NoLocking=true -o APT::Sandbox::User=root -o Acquire::Retries=3)
  mapfile -t wanted < <(grep -v '^#' "$list")
  "${apt[@]}" update
  # The C library is the machine's own: one process must not load two.
  mapfile -t all < <("${apt[@]}" --simulate --no-install-recommends install "${wanted[@]}" |
    awk '/^Inst/ && $2 !~ /^(libc6|libgcc-s1|gcc-.*-base|debconf)$/ { print $2 }')
  cd "$work/cache"
  echo "@ 0 ${#all[@]} packages"
  "${apt[@]}" download "${all[@]}"
  for archive in *.deb; do dpkg-deb --extract "$archive" "$work/root"; done
  ls > "$work/root/packages"
  mv -T "$work/root" "$target" 2> /dev/null || [ -d "$target" ]
fi
echo "$target"
