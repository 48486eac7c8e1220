# SPDX-License-Identifier: Apache-2.0
# Shared by tests/servers/up and down. A file NAME.sh describes one server by functions:
#
#   installed   whether its programs are there
#   start       starts it with `spawn`, waits with `await`, and states with `tell` what a test needs to know
#   leave       optional: ends what is no process of ours, before the processes end
#
# They find $home, the folder where the server keeps everything, with log/ in it.

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
servers=${SHADOWWEAVER_SERVERS:-$root/releng/.tools/servers}
local_address=127.0.0.1

say() { printf 'tests/servers: %s\n' "$*" >&2; }

known() { for file in "$here"/*.sh; do basename "$file" .sh; done | grep -vx common; }

# Makes $home of this server and keeps other callers waiting until this shell ends.
enter() {
  home=$servers/$1
  mkdir -p "$home" || exit 1
  exec 9>"$servers/$1.lock"
  flock 9
}

# When a process began: with its number it names a process for good, since numbers come back.
begin_of() {
  local line
  { read -r line <"/proc/$1/stat"; } 2>/dev/null || return 1
  set -- ${line##*) }
  [[ $1 != Z ]] && printf '%s' "${20}"
}

# Starts a program in a process group of its own: NAME PROGRAM ARGUMENTS…
spawn() {
  local name=$1
  shift
  setsid "$@" >"$home/log/$name.out" 2>&1 </dev/null 9>&- &
  echo "$! $(begin_of $!) $name" >>"$home/processes"
}

# The numbers of our processes that still run.
alive() {
  local number begun name
  [[ -f $home/processes ]] || return 0
  while read -r number begun name; do
    [[ $(begin_of "$number") == "$begun" ]] && echo "$number"
  done <"$home/processes"
}

# Whether all that was started still runs.
running() { [[ -s $home/processes ]] && (($(alive | wc -l) == $(wc -l <"$home/processes"))); }

# Ends our processes with their groups: asked first, after ten seconds forced.
stop_all() {
  local number i
  declare -F leave >/dev/null && [[ -s $home/processes ]] && leave
  for number in $(alive); do kill -TERM -- "-$number" 2>/dev/null; done
  for ((i = 0; i < 100; i++)); do
    [[ -z $(alive) ]] && break
    sleep .1
  done
  for number in $(alive); do kill -KILL -- "-$number" 2>/dev/null; done
  rm -f "$home/processes" "$home/env"
}

# Ends everything and forgets what it stored.
finish() {
  stop_all
  rm -rf "${home:?}"/*
}

# Waits until a command succeeds: SECONDS WHAT COMMAND…; gives up early when a process of ours ended.
await() {
  local end=$((SECONDS + $1)) what=$2
  shift 2
  until "$@" >/dev/null 2>&1; do
    if ! running; then say "a process ended while $what was awaited; see $home/log"; return 1; fi
    if ((SECONDS >= end)); then say "$what is not there; see $home/log"; return 1; fi
    sleep .2
  done
}

# Whether something listens on a port of loopback.
listens() { (exec 3<>"/dev/tcp/$local_address/$1") 2>/dev/null; }

# The first port from the given one on that nobody listens on.
free_port() {
  local port=$1
  while listens "$port"; do port=$((port + 1)); done
  echo "$port"
}

# States KEY=VALUE for the tests.
tell() { printf '%s\n' "$@" >>"$home/env"; }
