# SPDX-License-Identifier: Apache-2.0
# Swift with one copy of everything on one device, and users in its configuration (tempauth). It speaks the API of S3 as well.

installed() { /usr/bin/python3 -c 'import swift.proxy.server, swift.obj.server' 2>/dev/null && command -v memcached >/dev/null; }

# The configuration of one of the three storage servers: KIND PORT
storage_server() {
  cat >"$home/$1-server.conf" <<TEXT
[DEFAULT]
bind_ip = $local_address
bind_port = $2
workers = 0
user = $(id -un)
swift_dir = $home
devices = $home/devices
mount_check = false
log_address = $home/no-syslog
[pipeline:main]
pipeline = $1-server
[app:$1-server]
use = egg:swift#$1
TEXT
  /usr/bin/python3 "$here/swift/ring.py" "$home/$1" "$local_address" "$2" || return 1
  spawn "$1-server" /usr/bin/python3 "$here/swift/serve.py" "$home/$1-server.conf" "$1-server"
}

start() {
  local proxy object container account cache
  proxy=$(free_port 18080) object=$(free_port 16200) container=$(free_port 16300) account=$(free_port 16400) cache=$(free_port 21211)
  export SWIFT_DIR=$home
  mkdir -p "$home/devices/disk"
  printf '[swift-hash]\nswift_hash_path_prefix = tests\nswift_hash_path_suffix = tests\n[storage-policy:0]\nname = one\ndefault = yes\n' >"$home/swift.conf"
  cat >"$home/proxy-server.conf" <<TEXT
[DEFAULT]
bind_ip = $local_address
bind_port = $proxy
workers = 0
user = $(id -un)
swift_dir = $home
log_address = $home/no-syslog
[pipeline:main]
pipeline = catch_errors healthcheck cache bulk s3api tempauth slo dlo proxy-server
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
[filter:tempauth]
use = egg:swift#tempauth
user_shadow_weaver = secret .admin
[filter:s3api]
use = egg:swift#s3api
[filter:cache]
use = egg:swift#memcache
memcache_servers = $local_address:$cache
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:healthcheck]
use = egg:swift#healthcheck
[filter:bulk]
use = egg:swift#bulk
[filter:slo]
use = egg:swift#slo
[filter:dlo]
use = egg:swift#dlo
TEXT
  local user=()
  (($(id -u))) || user=(-u nobody)
  spawn memcached memcached -l "$local_address" -p "$cache" -U 0 -m 16 "${user[@]}"
  storage_server object "$object" && storage_server container "$container" && storage_server account "$account" || return 1
  spawn proxy-server /usr/bin/python3 "$here/swift/serve.py" "$home/proxy-server.conf" proxy-server
  local port
  for port in $object $container $account; do await 60 "Swift's storage on port $port" listens "$port" || return 1; done
  await 60 "Swift on port $proxy" curl -sf "http://$local_address:$proxy/healthcheck" || return 1
  tell "SWIFT_ENDPOINT=http://$local_address:$proxy/auth/v1.0" SWIFT_IDENTITY=shadow:weaver SWIFT_CREDENTIAL=secret "S3_ENDPOINT=http://$local_address:$proxy"
}
