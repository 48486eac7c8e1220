# SPDX-License-Identifier: Apache-2.0
# Azurite: Azure's blob service on one machine, with its published development account.

azurite=$root/releng/.tools/azurite/node_modules/azurite/dist/src/blob/main.js
account=devstoreaccount1
key=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==

installed() { [[ -f $azurite ]] && command -v node >/dev/null; }

start() {
  local port
  port=$(free_port 10000)
  mkdir -p "$home/data"
  spawn azurite node "$azurite" --blobHost "$local_address" --blobPort "$port" --location "$home/data" --silent --disableTelemetry --skipApiVersionCheck
  await 60 "Azurite on port $port" listens "$port" || return 1
  tell "AZURITE_ENDPOINT=http://$local_address:$port/$account/" "AZURITE_ACCOUNT=$account" "AZURITE_KEY=$key"
}
