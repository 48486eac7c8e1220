# SPDX-License-Identifier: Apache-2.0
# OpenStack of the distribution: keystone, placement, glance, neutron without agents, heat, and nova, whose hypervisor is its own fake
# one; on a MariaDB and a RabbitMQ of its own. All APIs and the whole life of a server are real, no machine runs.

openstack=$here/openstack
hosts='host-a host-b'
python=/usr/bin/python3

installed() {
  local program
  for program in keystone-manage placement-manage glance-manage neutron-server nova-manage heat-manage uwsgi rabbitmq-server mariadbd mariadb-install-db; do
    PATH=$PATH:/usr/sbin command -v "$program" >/dev/null || return 1
  done
}

# Fills in a configuration file: the names of variables stand between @.
configure() {
  local text name
  text=$(<"$openstack/etc/$1")
  text=${text//@service-user@/$(<"$openstack/etc/service-user.inc")}
  for name in keystone placement glance neutron nova heat rabbit database home region password; do text=${text//@$name@/${!name}}; done
  printf '%s\n' "${text//@address@/$local_address}" >"$home/etc/$1"
}

# Debian's services have their main function in a module: NAME MODULE CONFIGURATION…
spawn_module() {
  local name=$1 module=$2 arguments=() file
  shift 2
  for file in "$@"; do arguments+=(--config-file "$home/etc/$file"); done
  spawn "$name" "$python" -c "import sys; sys.argv[0] = '$name'; from $module import main; sys.exit(main())" "${arguments[@]}"
}

spawn_wsgi() { # NAME PORT PROCESSES FILE VARIABLE=VALUE…
  local name=$1 port=$2 processes=$3 file=$4
  shift 4
  # uWSGI keeps no connection open, and says so only when told to.
  spawn "$name" env "$@" uwsgi --plugin python3 --master --need-app --lazy-apps --die-on-term --processes "$processes" --threads 1 \
    --buffer-size 65535 --add-header 'Connection: close' --http-socket "$local_address:$port" --wsgi-file "$file"
}

spawn_rabbit() {
  local distribution mapper
  distribution=$(free_port 25673) mapper=$(free_port 14369)
  export ERL_EPMD_PORT=$mapper ERL_EPMD_ADDRESS=$local_address
  # Else Erlang would leave a daemon behind.
  spawn epmd epmd -address "$local_address" -port "$mapper"
  await 20 "Erlang's port mapper" listens "$mapper" || return 1
  spawn rabbitmq env HOME="$home/rabbit" RABBITMQ_NODENAME=tests@localhost RABBITMQ_NODE_IP_ADDRESS="$local_address" \
    RABBITMQ_NODE_PORT="$rabbit" RABBITMQ_DIST_PORT="$distribution" RABBITMQ_MNESIA_BASE="$home/rabbit" RABBITMQ_LOG_BASE="$home/log" \
    RABBITMQ_ENABLED_PLUGINS_FILE="$home/rabbit/plugins" RABBITMQ_CONFIG_FILE="$home/rabbit/none" \
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS="-kernel inet_dist_use_interface {127,0,0,1}" "$rabbitmq"
}

# Durability costs the tests time and gives them nothing.
spawn_database() {
  local name user=()
  (($(id -u))) || user=(--user=root)
  mariadb-install-db --no-defaults "${user[@]}" --datadir="$home/db" --auth-root-authentication-method=normal --skip-test-db \
    >"$home/log/mariadb-install.out" 2>&1 || { say "MariaDB could not be set up; see $home/log/mariadb-install.out"; return 1; }
  spawn mariadb mariadbd --no-defaults "${user[@]}" --datadir="$home/db" --socket="$home/db/socket" --port="$database" --bind-address="$local_address" \
    --max-connections=400 --innodb-flush-log-at-trx-commit=0 --innodb-doublewrite=0 --innodb-flush-method=nosync --skip-log-bin
  await 60 MariaDB mariadb --no-defaults --socket="$home/db/socket" --user=root --execute='select 1' || return 1
  for name in keystone placement glance neutron nova nova_api nova_cell0 heat; do echo "create database $name character set utf8mb3;"; done |
    mariadb --no-defaults --socket="$home/db/socket" --user=root
}

make_keystone() {
  local manage=(keystone-manage --config-file "$home/etc/keystone.conf") url=http://$local_address:$keystone/v3/ owner
  owner=(--keystone-user "$(id -un)" --keystone-group "$(id -gn)")
  "${manage[@]}" db_sync && "${manage[@]}" fernet_setup "${owner[@]}" && "${manage[@]}" credential_setup "${owner[@]}" &&
    "${manage[@]}" bootstrap --bootstrap-password "$password" --bootstrap-region-id "$region" \
      --bootstrap-public-url "$url" --bootstrap-internal-url "$url" --bootstrap-admin-url "$url"
}

make_neutron() {
  "$python" "$openstack/neutron_tables.py" "mysql+pymysql://root@$local_address:$database/neutron" &&
     neutron-db-manage --config-file "$home/etc/neutron.conf" stamp heads
}

make_nova() {
  local manage=(nova-manage --config-file "$home/etc/nova.conf")
  "${manage[@]}" api_db sync && "${manage[@]}" cell_v2 map_cell0 --database_connection "mysql+pymysql://root@$local_address:$database/nova_cell0" &&
    "${manage[@]}" db sync && "${manage[@]}" cell_v2 create_cell --name cell1
}

make_databases() {
  local name jobs=()
  for name in keystone placement glance neutron nova heat; do
    case $name in
      placement) placement-manage --config-file "$home/etc/placement.conf" db sync ;;
      glance) glance-manage --config-file "$home/etc/glance.conf" db_sync ;;
      heat) heat-manage --config-file "$home/etc/heat.conf" db_sync ;;
      *) "make_$name" ;;
    esac >"$home/log/database-$name.out" 2>&1 9>&- &
    jobs+=($! "$name")
  done
  set -- "${jobs[@]}"
  while (($#)); do
    wait "$1" || { say "the database of $2 could not be made; see $home/log/database-$2.out"; return 1; }
    shift 2
  done
}

discover_hosts() {
  nova-manage --config-file "$home/etc/nova.conf" cell_v2 discover_hosts --verbose >>"$home/log/discover.out" 2>&1
  (($(grep -c 'Creating host mapping' "$home/log/discover.out") == $(wc -w <<<"$hosts")))
}

start() {
  local keystone placement glance neutron nova heat rabbit database password=shadow region=RegionOne file host
  local rabbitmq=/usr/lib/rabbitmq/bin/rabbitmq-server
  export PATH=/usr/bin:/bin:/usr/sbin:/sbin PYTHONPATH=$openstack/driver PYTHONDONTWRITEBYTECODE=1
  unset PYENV_VERSION http_proxy HTTP_PROXY
  keystone=$(free_port 5000) placement=$(free_port 8778) glance=$(free_port 9292) neutron=$(free_port 9696) nova=$(free_port 8774) heat=$(free_port 8004) rabbit=$(free_port 5673) database=$(free_port 13306)
  mkdir -p "$home"/{etc,db,keys,images,neutron,nova,rabbit}
  for file in keystone.conf placement.conf glance.conf neutron.conf nova.conf heat.conf; do configure "$file" || return 1; done
  for host in $hosts; do printf '[DEFAULT]\nhost = %s\n' "$host" >"$home/etc/$host.conf"; done

  spawn_rabbit && spawn_database && make_databases || return 1
  spawn_wsgi keystone "$keystone" 2 /usr/bin/keystone-wsgi-public OS_KEYSTONE_CONFIG_DIR="$home/etc" OS_KEYSTONE_CONFIG_FILES="$home/etc/keystone.conf"
  mkdir -p "$home/etc/placement" && cp "$home/etc/placement.conf" "$home/etc/placement/"
  spawn_wsgi placement "$placement" 2 /usr/bin/placement-api OS_PLACEMENT_CONFIG_DIR="$home/etc/placement"
  await 90 keystone curl -sf "http://$local_address:$keystone/v3" || return 1
  seed identity || return 1

  spawn_module glance glance.cmd.api glance.conf
  spawn neutron neutron-server --config-file "$home/etc/neutron.conf"
  await 90 RabbitMQ listens "$rabbit" || return 1
  spawn_module nova-api nova.cmd.api nova.conf
  spawn_module nova-conductor nova.cmd.conductor nova.conf
  spawn_module nova-scheduler nova.cmd.scheduler nova.conf
  for host in $hosts; do spawn_module "nova-compute-$host" nova.cmd.compute nova.conf "$host.conf"; done
  spawn_module heat-api heat.cmd.api heat.conf
  spawn_module heat-engine heat.cmd.engine heat.conf
  for file in "$glance" "$neutron" "$nova" "$placement" "$heat"; do await 180 "the service on port $file" listens "$file" || return 1; done
  await 180 'the list of hosts' discover_hosts || return 1
  seed resources || return 1

  tell "OPENSTACK_ENDPOINT=http://$local_address:$keystone/v3/" OPENSTACK_IDENTITY=Default:weaver "OPENSTACK_CREDENTIAL=$password" \
    OPENSTACK_PROJECT=estate "OPENSTACK_REGION=$region" OPENSTACK_NETWORK=shared OPENSTACK_IMAGE=ubuntu-22.04 \
    OPENSTACK_ZONES=zone-a,zone-b OPENSTACK_ADMIN=Default:admin OPENSTACK_ADMIN_PROJECT=admin
}

seed() {
  ADDRESS=$local_address KEYSTONE=$keystone NOVA=$nova GLANCE=$glance NEUTRON=$neutron PLACEMENT=$placement HEAT=$heat HOSTS=$hosts PASSWORD=$password REGION=$region \
    "$python" "$openstack/seed.py" "$1" >"$home/log/seed-$1.out" 2>&1 || { say "$(tail -n 1 "$home/log/seed-$1.out")"; return 1; }
}
