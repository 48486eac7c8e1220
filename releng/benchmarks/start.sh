# SPDX-License-Identifier: Apache-2.0
# start.sh PRODUCT FOLDER TIMES: from the start of the process to the first drawn twin, each time with a home and a workspace that are new.
product=$1 folder=$2 times=$3
took=() busy=()
for ((i = 0; i < times; i++)); do
  home=$(mktemp -d "$folder/start.XXXX")
  log=$home/workspace/.metadata/.log
  begun=$(date +%s%N)
  HOME=$home "$product/shadowweaver" -data "$home/workspace" >"$home/out" 2>&1 &
  workbench=$!
  seen=
  for ((wait = 0; wait < 1800; wait++)); do
    if grep -qs 'first picture of the twin was drawn' "$log"; then seen=$(date +%s%N); break; fi
    sleep 0.1
  done
  java=$(pgrep -P "$workbench" -n java)
  if [[ -n $seen ]]; then
    took+=($(((seen - begun) / 1000000)))
    # user and system time in hundredths of a second, behind the name in brackets
    busy+=($(sed 's/.*) //' "/proc/$java/stat" | awk '{ print ($12 + $13) * 10 }'))
  else
    echo "start: no twin was drawn within three minutes" >&2
    cat "$home/out" "$log" >&2 2>/dev/null
  fi
  kill "$workbench"; wait "$workbench" 2>/dev/null
  [[ -n $seen ]] || exit 1
done
figure() {
  local name=$1 unit=$2; shift 2
  printf '%s\n' "$@" | sort -n | awk -v name="$name" -v unit="$unit" '{ v[NR] = $1 / 1000 }
    END { m = NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2; printf "%s: %.2f %s (%.2f–%.2f, %d runs)\n", name, m, unit, v[1], v[NR], NR }'
}
figure start.wall 's from the start of the process to the first drawn twin' "${took[@]}"
figure start.cpu 'CPU-s of that' "${busy[@]}"
