# SPDX-License-Identifier: Apache-2.0
# Alertmanager of Debian: one that routes to nobody, so that its API says all.

alertmanager=/usr/bin/prometheus-alertmanager

installed() { [[ -x $alertmanager ]]; }

start() {
  local port
  port=$(free_port 19093)
  mkdir -p "$home/data"
  printf 'route:\n  receiver: nobody\nreceivers:\n  - name: nobody\n' >"$home/alertmanager.yml"
  spawn alertmanager "$alertmanager" --config.file="$home/alertmanager.yml" --storage.path="$home/data" --cluster.listen-address= \
    --web.listen-address="$local_address:$port"
  await 60 "Alertmanager on port $port" listens "$port" || return 1
  tell "ALERTMANAGER_URL=http://$local_address:$port"
}
