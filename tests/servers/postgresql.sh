# SPDX-License-Identifier: Apache-2.0
# PostgreSQL: a throw-away cluster with user and database 'shadow'.

postgres=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)

installed() { [[ -n $postgres && -x $postgres/initdb && -x $postgres/postgres ]]; }

# PostgreSQL refuses to run as root. A user without rights could not reach a folder below /root, so that it keeps this one right.
unprivileged=()
(($(id -u))) || unprivileged=(setpriv --reuid=nobody --regid=nogroup --clear-groups --inh-caps=-all,+dac_override --ambient-caps=+dac_override --)

start() {
  local port password
  port=$(free_port 15432)
  password=$(head -c 12 /dev/urandom | base64 | tr -d '/+=')
  mkdir -p "$home/data"
  (umask 077 && printf '%s\n' "$password" >"$home/password")
  (($(id -u))) || chown -R nobody:nogroup "$home/data" "$home/password"
  cd "$home/data" || return 1
  "${unprivileged[@]}" "$postgres/initdb" --pgdata="$home/data" --username=shadow --pwfile="$home/password" --auth=scram-sha-256 \
    --encoding=UTF8 --locale=C --no-sync >"$home/log/initdb.out" 2>&1 || { say "initdb failed; see $home/log/initdb.out"; return 1; }
  spawn postgres "${unprivileged[@]}" "$postgres/postgres" -D "$home/data" -p "$port" \
    -c "listen_addresses=$local_address" -c unix_socket_directories= -c fsync=off
  await 60 "PostgreSQL on port $port" "$postgres/pg_isready" -h "$local_address" -p "$port" || return 1
  PGPASSWORD=$password "$postgres/createdb" -h "$local_address" -p "$port" -U shadow shadow || return 1
  tell "POSTGRESQL_URL=jdbc:postgresql://$local_address:$port/shadow" POSTGRESQL_USER=shadow "POSTGRESQL_PASSWORD=$password" "POSTGRESQL_PORT=$port"
}
