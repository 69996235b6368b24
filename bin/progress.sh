# Sourced by bin/setup, bin/start and bin/test: what a person sees while a step runs, and one sentence when it fails.

log=instance/setup.log
job=

say() { printf '==> %s\n' "$*"; }

die() {
  printf '\nStopped: %s\n' "$*" >&2
  exit 1
}

prepare_log() {
  { mkdir -p instance && chmod 700 instance && : >>"$log"; } 2>/dev/null ||
    die "this folder cannot be written to. Run the command as the owner of $(pwd)."
}

# step TITLE COMMAND...: runs a program (no shell function: its children would outlive an interruption) with its
# output in the log and a sign of life every 15 seconds.
step() {
  title=$1
  shift
  say "$title"
  began=$(date +%s)
  "$@" </dev/null >"$log" 2>&1 &
  job=$!
  trap 'kill "$job" 2>/dev/null; printf "\nStopped. Start again to go on from here.\n" >&2; exit 130' INT TERM HUP
  shown=0
  while kill -0 "$job" 2>/dev/null; do
    sleep 1
    seconds=$(($(date +%s) - began))
    [ $((seconds - shown)) -lt 15 ] && continue
    shown=$seconds
    printf '    %s s: %s\n' "$seconds" "$(tail -n 1 "$log" | cut -c 1-70)"
  done
  wait "$job" || explain "$title"
  trap - INT TERM HUP
  printf '    done in %s s\n' "$(($(date +%s) - began))"
}

free_megabytes() { df -Pk . | awk 'NR == 2 { print int($4 / 1024) }'; }

# Without regard to case: an error's code starts a word, for Python's FileNotFoundError has ENOTFOUND in it.
logged() { grep -Eqi "$1" "$log"; }

# The words of setuptools (three ages of it), autoconf, Meson and CMake.
compiler="'([^']*[/-])?(g?cc|[gc][+][+]|clang([+][+])?)(-[0-9.]+)?'"
no_compiler="no such file or directory: $compiler|command $compiler failed: no such file|unable to execute $compiler"
no_compiler="$no_compiler|no acceptable C compiler|unknown compiler\\(s\\)|CMAKE_C(XX)?_COMPILER (not set|could be found)"

explain() {
  # On a full disk the log is empty, too.
  if [ "$(free_megabytes)" -lt 50 ] || logged 'no space left|ENOSPC|enough free space|disk is full'; then
    die "the disk is full. Set-up needs about 1.5 GB."
  elif logged 'DO NOT MATCH THE HASHES|EINTEGRITY'; then
    die "a downloaded package is not the one this project was tested with, so it was not installed; $log says more."
  elif logged 'temporary failure (in name )?resol|could not resolve|name or service not known|nodename nor servname|network is unreachable|no route to host|failed to establish a new connection|connection (refused|timed out)|(^|[^a-z])(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT)'; then
    die "the package servers cannot be reached. Check the network (or the proxy settings) and start again."
  elif logged "$no_compiler"; then
    die "a package has no ready-made build for this machine, and no compiler was found. Install one (on Debian: apt-get install build-essential python3-dev) and start again."
  elif logged 'failed (to build|building)|metadata-generation-failed'; then
    die "a package has no ready-made build for this machine, and it could not be built here; $log says what it needs."
  elif logged 'permission denied|(^|[^a-z])(EACCES|EPERM)|are you root|not in the sudoers|password is required'; then
    die "no permission. Run the command as the owner of $(pwd); system packages need root or sudo."
  fi
  tail -n 12 "$log" | sed 's/^/    /' >&2
  die "\"$1\" failed. The last lines are above, everything is in $log."
}
