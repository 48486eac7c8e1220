# SPDX-License-Identifier: Apache-2.0
# Shared by releng/unit and releng/hot: compiles bundles with javac alone, into .quick/, only what has changed.
#
# .quick/BUNDLE/<n>/     classes and resources of one good compilation; a running test keeps the one it was started with
# .quick/BUNDLE/current  the name of the newest good one
# .quick/BUNDLE/tried    when the last compilation, good or not, read its sources
# .quick/libs            the third-party class path

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
quick=$root/.quick
m2=${SHADOWWEAVER_M2:-$HOME/.m2/repository}
console_version=6.1.3
shopt -s nullglob

die() { printf '%s: %s\n' "${0##*/}" "$*" >&2; exit 2; }
say() { printf '%s\n' "$*" >&2; }

# The newest JDK of version 21 or later becomes $jdk.
find_jdk() { jdk=$("$root/releng/jdk") || exit 2; }

# The folder of a bundle or test fragment, or nothing.
folder_of() {
  local kind
  for kind in bundles tests examples; do
    if [[ -d $root/$kind/$1 ]]; then printf '%s' "$root/$kind/$1"; return; fi
  done
}

# The names that a bundle states in -buildpath, Require-Bundle and Fragment-Host, one a line.
stated() {
  local files=("$1"/pde.bnd "$1"/META-INF/MANIFEST.MF) file
  for file in "${files[@]}"; do
    [[ -f $file ]] && awk '
      { sub(/\r$/, "") }
      FILENAME ~ /MANIFEST.MF$/ { if (/^ /) line = line substr($0, 2); else { out(line); line = $0 }; next }
      { more = sub(/\\[ \t]*$/, ""); line = line $0; if (!more) { out(line); line = "" } }
      END { out(line) }
      function out(text,   n, parts, i) {
        if (text !~ /^(-buildpath|Require-Bundle|Fragment-Host)[ \t]*[:=]/) return
        sub(/^[^:=]*[:=]/, "", text); gsub(/"[^"]*"/, "", text); n = split(text, parts, ",")
        for (i = 1; i <= n; i++) { sub(/;.*/, "", parts[i]); gsub(/[ \t]/, "", parts[i]); if (parts[i] != "") print parts[i] }
      }' "$file"
  done
  [[ $1 == */tests/*.tests && -d $root/bundles/$(basename "$1" .tests) ]] && basename "$1" .tests
  return 0
}

# Whether a bundle has sources of ours; a library bundle has jars of others, which are on the class path as they are.
ours() { [[ $1 != io.shadowweaver.lib.* || $1 == *.tests ]] || [[ -n $(find "$root/bundles/$1/src" -name '*.java' -print -quit 2>/dev/null) ]]; }

declare -A seen=() needs=() place=()
order=()      # bundles of ours in the order in which they compile
# Adds a bundle and all that it needs to $order.
walk() {
  local name=$1 folder other
  [[ -n ${seen[$name]:-} ]] && return
  seen[$name]=1
  folder=$(folder_of "$name")
  [[ -n $folder ]] || return 0
  place[$name]=$folder
  while IFS= read -r other; do
    [[ $other == "$name" || -z $(folder_of "$other") ]] && continue
    needs[$name]+="$other "
    walk "$other"
  done < <(stated "$folder")
  ours "$name" && order+=("$name")
  return 0
}

# ---- third-party jars -------------------------------------------------------------------------------------------

# group artifact version type classifier of what the target files and the library bundles name, one a line.
coordinates() {
  local files=("$root"/target-platform/*.target "$root"/bundles/io.shadowweaver.lib.*/pom.xml)
  { ((${#files[@]})) && awk '
      function value(text, tag) { if (match(text, "<" tag ">[^<]*</" tag ">")) { text = substr(text, RSTART, RLENGTH); gsub(/<[^>]*>|[ \t\r\n]/, "", text); return text } return "" }
      function resolve(text,   key) { while (match(text, /\$\{[^}]*\}/)) { key = substr(text, RSTART + 2, RLENGTH - 3); text = substr(text, 1, RSTART - 1) props[key] substr(text, RSTART + RLENGTH) } return text }
      FNR == 1 { inside = 0 }
      /<(dependency|artifactItem)>/ { inside = 1; block = "" }
      inside { block = block $0 }
      !inside && match($0, /<[A-Za-z0-9._-]+>[^<]+<\//) { key = $0; sub(/^[^<]*</, "", key); sub(/>.*/, "", key); text = $0; sub(/^[^>]*>/, "", text); sub(/<.*/, "", text); props[key] = text }
      inside && /<\/(dependency|artifactItem)>/ { inside = 0
        group = resolve(value(block, "groupId")); artifact = resolve(value(block, "artifactId")); version = resolve(value(block, "version"))
        type = value(block, "type"); classifier = resolve(value(block, "classifier"))
        if (group != "" && artifact != "" && version != "") print group, artifact, version, (type == "" ? "jar" : type), (classifier == "" ? "-" : classifier) }
    ' "${files[@]}"
    printf '%s\n' "org.junit.platform junit-platform-console-standalone $console_version jar -" \
      "org.osgi osgi.annotation 8.1.0 jar -"
  } | awk '
      $2 ~ /^junit-(jupiter|platform)/ && $2 !~ /standalone/ || $2 == "opentest4j" || $2 == "apiguardian-api" { next }
      $2 ~ /(win32|cocoa|macosx|aarch64|ppc64le|riscv64|loongarch64)/ || $5 ~ /(windows|macosx|android|ios|linux-aarch64|linux-armv)/ || $4 !~ /^(jar|eclipse-plugin|bundle)$/ { next }
      !known[$1, $2, $5]++'
}

jar_of() { # group artifact version classifier
  local suffix=; [[ $4 == - ]] || suffix=-$4
  printf '%s/%s/%s/%s/%s-%s%s.jar' "$m2" "${1//.//}" "$2" "$3" "$2" "$3" "$suffix"
}

# Writes .quick/libs anew when the target, a library bundle or this script is newer, and fetches what is missing in one Maven call.
libraries() {
  local sources=("$root"/target-platform/*.target "$root"/bundles/io.shadowweaver.lib.*/pom.xml "${BASH_SOURCE[0]}") source fresh=1
  libs=$quick/libs
  mkdir -p "$quick"
  [[ -s $libs ]] || fresh=0
  for source in "${sources[@]}"; do [[ $source -nt $libs ]] && fresh=0; done
  ((fresh)) && return
  exec 8>"$quick/libs.lock"; flock 8
  local group artifact version type classifier jar path= missing=() list
  list=$(coordinates)
  while read -r group artifact version type classifier; do
    [[ -s $(jar_of "$group" "$artifact" "$version" "$classifier") ]] || missing+=("$group $artifact $version $classifier")
  done <<<"$list"
  if ((${#missing[@]})); then
    say "fetching ${#missing[@]} third-party jars, once"
    local work=$(mktemp -d)
    { echo '<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion><groupId>fetch</groupId><artifactId>fetch</artifactId><version>1</version><packaging>pom</packaging><dependencies>'
      for line in "${missing[@]}"; do
        read -r group artifact version classifier <<<"$line"
        [[ $classifier == - ]] && classifier= || classifier="<classifier>$classifier</classifier>"
        echo "<dependency><groupId>$group</groupId><artifactId>$artifact</artifactId><version>$version</version>$classifier<exclusions><exclusion><groupId>*</groupId><artifactId>*</artifactId></exclusion></exclusions></dependency>"
      done
      echo '</dependencies></project>'
    } >"$work/pom.xml"
    (cd "$work" && JAVA_HOME=$jdk mvn -B -q -ntp -Dmaven.repo.local="$m2" dependency:resolve) >&2 || say "warning: Maven could not fetch all of them"
    rm -rf "$work"
  fi
  while read -r group artifact version type classifier; do
    jar=$(jar_of "$group" "$artifact" "$version" "$classifier")
    if [[ -s $jar ]]; then path+=${path:+:}$jar; else say "warning: not on the class path: $group:$artifact:$version ($classifier)"; fi
  done <<<"$list"
  printf '%s' "$path" >"$libs.new"
  mv "$libs.new" "$libs"
  exec 8>&-
}

# ---- compiling --------------------------------------------------------------------------------------------------

out_of() { # the newest good classes of a bundle, or nothing
  local current=$quick/$1/current
  [[ -s $current ]] && printf '%s/%s/%s' "$quick" "$1" "$(<"$current")"
}

stale() { # name folder
  local name=$1 folder=$2 tried=$quick/$1/tried other
  [[ -e $tried && -s $quick/$name/current ]] || return 0
  for other in ${needs[$name]:-}; do [[ $quick/$other/current -nt $tried ]] && return 0; done
  [[ -n $(find "$folder" -path "$folder/target" -prune -o -path "$folder/bin" -prune -o -type f -newer "$tried" -print -quit) ]] && return 0
  [[ $(find "$folder/src" -type f 2>/dev/null | LC_ALL=C sort | cksum) != "$(cat "$quick/$name/files" 2>/dev/null)" ]]
}

class_path() { # name: its own classes, those that it needs, all third-party jars
  local path= name out
  for name in "$@"; do
    out=$(out_of "$name")
    [[ -n $out ]] && path+=$out:
  done
  printf '%s%s' "$path" "$(<"$libs")"
}

# Files of a bundle that are neither Java nor made by the build, as the built bundle has them.
resources() { # folder out
  local folder=$1 out=$2 entry from to
  [[ -d $folder/src ]] && (cd "$folder/src" && find . -type f ! -name '*.java' ! -name '*.html.tmp' -print0 | xargs -0 -r cp --parents -t "$out")
  { printf '%s\n' plugin.xml fragment.xml plugin.properties schema
    [[ -f $folder/build.properties ]] && awk '{ more = sub(/\\[ \t]*$/, ""); line = line $0; if (!more) { if (line ~ /^bin.includes/) print line; line = "" } }' "$folder/build.properties" | sed 's/^[^=:]*[=:]//' | tr ',' '\n'
    [[ -f $folder/pde.bnd ]] && awk '{ more = sub(/\\[ \t]*$/, ""); line = line $0; if (!more) { if (line ~ /^-includeresource/) print line; line = "" } }' "$folder/pde.bnd" | sed 's/^[^=:]*[=:]//' | tr ',' '\n'
  } | tr -d ' \t\r' | sed 's,/$,,' | sort -u | while IFS= read -r entry; do
    to=${entry%%=*}; from=${entry#*=}
    [[ -z $from || $from == . || $from == META-INF || $from == -* || $from == @* || ! -e $folder/$from || $from == src ]] && continue
    if [[ -d $folder/$from ]]; then mkdir -p "$out/$to" && cp -r "$folder/$from/." "$out/$to/"; else mkdir -p "$(dirname "$out/$to")" && cp "$folder/$from" "$out/$to"; fi
  done
}

# The manifest that a compiled bundle has in the workbench of releng/unit: the written one, or, where the build would generate
# it, one that exports every package and imports at need.
manifest() { # folder out
  [[ -f $2/META-INF/MANIFEST.MF ]] && return
  mkdir -p "$2/META-INF"
  if [[ -f $1/META-INF/MANIFEST.MF ]]; then
    sed "s/^\(Bundle-Version:.*\)\.qualifier/\1.0/" "$1/META-INF/MANIFEST.MF" >"$2/META-INF/MANIFEST.MF"
    return
  fi
  { printf "Manifest-Version: 1.0\nBundle-ManifestVersion: 2\nBundle-Version: 1.0.0\n"
    grep -E "^(Bundle-SymbolicName|Fragment-Host):" "$1/pde.bnd" 2>/dev/null
    if grep -q "^Fragment-Host:" "$1/pde.bnd" 2>/dev/null; then printf "Import-Package: org.junit.jupiter.api\n"; else printf "DynamicImport-Package: *\n"; fi
    (cd "$2" && find . -name "*.class" -printf "%h\n" | sed "s,^\./,,; s,/,.,g" | sort -u | awk "{ print (NR == 1 ? \"Export-Package: \" : \",\n \") \$0 \";version=\\\"1.0.0\\\"\" }" ORS="")
    printf "\n"
  } >"$2/META-INF/MANIFEST.MF"
}

# Compiles one bundle if it is stale. Returns 1 when it does not compile.
compile() {
  local name=$1 folder=${place[$1]} home=$quick/$1 number out log started files=() code=0 other
  stale "$name" "$folder" || return 0
  mkdir -p "$home"
  exec 9>"$home/lock"; flock 9
  if ! stale "$name" "$folder"; then exec 9>&-; return 0; fi
  if [[ -e $home/failed && -s $home/current && -z $(find "$folder" -path "$folder/target" -prune -o -type f -newer "$home/failed" -print -quit) ]]; then
    local again=0
    for other in ${needs[$name]:-}; do [[ $quick/$other/current -nt $home/failed ]] && again=1; done
    if ((!again)); then cat "$home/log" >&2; exec 9>&-; return 1; fi
  fi
  started=$(mktemp "$home/.started.XXXXXX")
  number=$(date +%s%N); out=$home/$number; log=$home/log
  mkdir -p "$out"
  mapfile -d '' files < <(find "$folder/src" -name '*.java' ! -name module-info.java -print0 2>/dev/null)
  find "$folder/src" -type f 2>/dev/null | LC_ALL=C sort | cksum >"$home/files.new"
  say "compiling $name (${#files[@]} files)"
  if ((${#files[@]})); then
    # A command line has a limit, a file of arguments has none.
    printf '"%s"\n' "${files[@]}" >"$home/sources"
    "$jdk/bin/javac" -J-XX:TieredStopAtLevel=1 -J-XX:+UseSerialGC -J-Xshare:auto --release 21 -encoding UTF-8 -g -proc:none -implicit:none \
      -Xlint:all,-processing,-path,-classfile,-serial,-options -Xmaxwarns 20 -Xmaxerrs 50 \
      -cp "$(class_path $(closure "$name"))" -d "$out" @"$home/sources" >"$log" 2>&1 || code=1
    sed "s,^$root/,," "$log" >&2
  fi
  if ((code)); then
    rm -rf "$out"; mv "$started" "$home/failed"
  else
    resources "$folder" "$out"
    printf '%s' "$number" >"$home/current.new"
    mv "$home/files.new" "$home/files"; rm -f "$home/failed"
    mv "$started" "$home/tried"
    mv "$home/current.new" "$home/current"
    # A test that still runs uses an older one: those of the last half hour stay.
    find "$home" -mindepth 1 -maxdepth 1 -type d -mmin +30 ! -name "$number" -exec rm -rf {} +
  fi
  exec 9>&-
  return $code
}

# All that a bundle needs, without itself.
closure() {
  local -A done=()
  local queue=(${needs[$1]:-}) next
  while ((${#queue[@]})); do
    next=${queue[0]}; queue=("${queue[@]:1}")
    [[ -n ${done[$next]:-} ]] && continue
    done[$next]=1
    ours "$next" && printf '%s\n' "$next"
    queue+=(${needs[$next]:-})
  done
}

# Compiles what is in $order. What was asked for must compile; of the rest the last good classes do.
compile_all() { # the names that must compile
  local name wanted
  for name in "${order[@]}"; do
    compile "$name" && continue
    for wanted in "$@"; do [[ $wanted == "$name" ]] && { say "$name does not compile"; exit 1; }; done
    [[ -n $(out_of "$name") ]] || { say "$name does not compile"; exit 1; }
    say "note: $name does not compile at present; its last good classes are used"
  done
}
