# Read by shadowweaver and weave, which set $home: the newest Java, the launcher, and the JVM's arguments.
# They stand here because `java -jar` reads no .ini file. SHADOWWEAVER_JAVA_OPTS adds to them.

best=0
java=
for candidate in "${JAVA_HOME:-}" /usr/lib/jvm/*; do
  [ -n "$candidate" ] && [ -x "$candidate/bin/java" ] && [ -r "$candidate/release" ] || continue
  major=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$candidate/release")
  if [ "${major:-0}" -gt "$best" ]; then
    best=$major
    java=$candidate/bin/java
  fi
done
if [ "$best" -lt 21 ]; then
  echo "Shadow Weaver needs Java 21 or newer, in JAVA_HOME or under /usr/lib/jvm; there is none." >&2
  exit 1
fi

launcher=
for candidate in "$home"/plugins/org.eclipse.equinox.launcher_*.jar; do launcher=$candidate; done

jvm="--enable-native-access=ALL-UNNAMED -Djogamp.gluegen.UseTempJarCache=false -Djogl.disable.opengles=true -Djava.awt.headless=true -Dslf4j.internal.verbosity=ERROR -XX:MaxRAMPercentage=50"
# Libraries that still use sun.misc.Unsafe would make newer Java write a warning before every command's output.
[ "$best" -lt 24 ] || jvm="$jvm --sun-misc-unsafe-memory-access=allow"
jvm="$jvm ${SHADOWWEAVER_JAVA_OPTS:-}"
