# Sourced by ./build and ./flotilla: finds a JDK that is new enough, whatever `java` on the PATH is.

# Prints the feature release of the JDK in folder $1 (25 for 25.0.3), 0 if there is none.
jdk_release() {
  local line
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || { echo 0; return; }
  line=$(grep -m1 '^JAVA_VERSION=' "$1/release" || true)
  line=${line#JAVA_VERSION=\"}
  echo "${line%%[!0-9]*}"
}

# Exports JAVA_HOME and PATH for the first JDK of release $1 or later; without one, says so and ends.
use_jdk() {
  local folder release
  for folder in "${JAVA_HOME:-}" "${JAVA_HOME_25_X64:-}" /usr/lib/jvm/* /opt/java/* /opt/jdk* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/*; do
    release=$(jdk_release "$folder")
    if [ "${release:-0}" -ge "$1" ]; then
      export JAVA_HOME="$folder" PATH="$folder/bin:$PATH"
      return
    fi
  done
  echo "Flotilla needs a JDK $1 or later and found none; install one and set JAVA_HOME to its folder." >&2
  exit 1
}
