# SPDX-License-Identifier: Apache-2.0
# Three hosts to log in to: OpenSSH on a port each, as the user who runs the tests, with a throw-away key.

sshd=/usr/sbin/sshd

installed() { [[ -x $sshd ]] && command -v ssh-keygen >/dev/null; }

start() {
  local number port=22201 ports=() namespace=() pam=no
  # sshd of root insists on it; systemd makes it otherwise.
  (($(id -u))) || mkdir -p /run/sshd
  # Without PAM, sshd lets nobody in whose password is locked, as that of root often is.
  (($(id -u))) || pam=yes
  ssh-keygen -q -t ed25519 -N '' -C tests -f "$home/key" && cp "$home/key.pub" "$home/authorized" || return 1
  chmod 600 "$home/key" "$home/authorized"
  for number in 1 2 3; do
    port=$(free_port "$port")
    mkdir -p "$home/host$number"
    ssh-keygen -q -t ed25519 -N '' -f "$home/host$number/key" || return 1
    cat >"$home/host$number/sshd_config" <<TEXT
ListenAddress $local_address:$port
HostKey $home/host$number/key
PidFile none
AuthorizedKeysFile $home/authorized
StrictModes no
AuthenticationMethods publickey
PermitRootLogin prohibit-password
UsePAM $pam
PrintMotd no
AllowTcpForwarding no
Subsystem sftp internal-sftp
SetEnv SHADOW_HOST=host$number SHADOW_FOLDER=$home/host$number
TEXT
    # A name of its own, where that is allowed.
    namespace=()
    unshare --uts true 2>/dev/null && namespace=(unshare --uts sh -c 'hostname "$1"; shift; exec "$@"' sh "host$number")
    spawn "host$number" "${namespace[@]}" "$sshd" -D -e -f "$home/host$number/sshd_config"
    await 20 "sshd on port $port" listens "$port" || return 1
    ports+=("$port")
    port=$((port + 1))
  done
  tell "SSHD_PORTS=$(IFS=,; echo "${ports[*]}")" "SSHD_ADDRESS=$local_address" "SSHD_USER=$(id -un)" "SSHD_KEY=$home/key"
}
