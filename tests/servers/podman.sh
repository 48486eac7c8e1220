# SPDX-License-Identifier: Apache-2.0
# podman with Docker's API: real containers in the network of the host, of one image without a download. Their limits are
# accepted, not enforced: without control groups it runs on any kernel.

installed() { command -v podman >/dev/null && command -v crun >/dev/null && [[ -x /bin/busybox ]]; }

# crun fails on a machine that has both kinds of control groups, so that podman does not see the newer one.
in_podman=(unshare --mount sh -c 'umount /sys/fs/cgroup/unified 2>/dev/null; exec podman "$@"' sh)

# An image that holds busybox alone.
import_image() {
  local files=$home/image command
  mkdir -p "$files/bin"
  cp /bin/busybox "$files/bin/"
  for command in sh sleep true hostname; do ln -sf busybox "$files/bin/$command"; done
  tar -C "$files" -c . | "${in_podman[@]}" import --change 'CMD ["/bin/sleep","infinity"]' - local/shadow:1 >"$home/log/import.out" 2>&1 ||
    { say "the image could not be made; see $home/log/import.out"; return 1; }
}

podman_home() {
  export CONTAINERS_CONF=$home/containers.conf CONTAINERS_STORAGE_CONF=$home/storage.conf
}

start() {
  local port
  port=$(free_port 2375)
  podman_home
  cat >"$CONTAINERS_STORAGE_CONF" <<TEXT
[storage]
driver = "vfs"
graphroot = "$home/graph"
runroot = "$home/run"
TEXT
  cat >"$CONTAINERS_CONF" <<TEXT
[engine]
runtime = "crun"
cgroup_manager = "cgroupfs"
events_logger = "file"
lock_type = "file"
tmp_dir = "$home/tmp"
[containers]
cgroups = "disabled"
netns = "host"
default_ulimits = ["nofile=1024:1024", "nproc=1024:1024"]
TEXT
  import_image || return 1
  spawn podman "${in_podman[@]}" system service --time=0 "tcp:$local_address:$port"
  await 60 "podman on port $port" curl -sf "http://$local_address:$port/_ping" || return 1
  tell "PODMAN_ENDPOINT=http://$local_address:$port" PODMAN_IMAGE=local/shadow:1
}

# Each container has a watcher in a session of its own, which stays where podman cannot remove its container.
leave() {
  local file watcher
  podman_home
  "${in_podman[@]}" rm --all --force --time 0 >>"$home/log/remove.out" 2>&1
  for file in "$home"/run/vfs-containers/*/userdata/conmon.pid; do
    watcher=$(cat "$file" 2>/dev/null) || continue
    grep -qsF "$home" "/proc/$watcher/cmdline" && kill -KILL "$watcher" $(cat "/proc/$watcher/task/$watcher/children")
  done
}
