// SPDX-License-Identifier: Apache-2.0

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Lists the project's bundles in its features, writes {@code io.shadowweaver.target} and the platform feature from {@code target-platform/bundles.txt}, and prints
 * every mandatory requirement of a bundle that no other bundle of the list meets. Jars come through Maven itself, so that
 * its settings and its local repository count.
 */
final class Target {

    private static final String FEATURE = "io.shadowweaver.platform.feature";
    private static final String OWN = "io.shadowweaver.";

    /** Features that are on the update site alone, with the bundles that each holds. */
    private static final Map<String, Predicate<String>> ADDITIONS = additions();

    private static Map<String, Predicate<String>> additions() {
        Map<String, Predicate<String>> additions = new LinkedHashMap<>();
        additions.put(OWN + "jclouds.feature", name -> name.startsWith(OWN + "lib.jclouds") || name.equals(OWN + "kit.jclouds"));
        additions.put(OWN + "blob.jclouds.feature", (OWN + "blob.jclouds")::equals);
        Map<String, String> libraries = Map.of("openstack", "", "docker", "", "azure", "", "gcp", "", "aws", "aws", "byon", "sshj");
        libraries.forEach((provider, library) -> additions.put(OWN + "provider." + provider + ".feature",
                Set.of(OWN + "provider." + provider, OWN + "lib." + library)::contains));
        return additions;
    }

    /** One line of the list. */
    record Entry(String group, String artifact, String version, Set<String> words) {

        static Entry parse(String line) {
            String[] parts = line.trim().split("\\s+");
            String[] coordinates = parts[0].split(":");
            if (coordinates.length != 3) {
                throw new IllegalArgumentException("bundles.txt: not group:artifact:version: " + line);
            }
            return new Entry(coordinates[0], coordinates[1], coordinates[2],
                    Set.copyOf(Arrays.asList(parts).subList(1, parts.length)));
        }

        String id() {
            return group + ":" + artifact + ":" + version;
        }

        String wrap() {
            return words.stream().filter(word -> word.startsWith("wrap:")).map(word -> word.substring(5)).findFirst()
                    .orElse(null);
        }

        /** Of an artifact that is one of several: words hold it, since the list's own lines have none. */
        String classifier() {
            return words.stream().filter(word -> word.startsWith("classifier:")).map(word -> "      <classifier>" + word.substring(11) + "</classifier>\n").findFirst()
                    .orElse("");
        }

        boolean has(String word) {
            return words.contains(word);
        }

        String dependency(String indent) {
            return """
                    <dependency>
                      <groupId>%s</groupId>
                      <artifactId>%s</artifactId>
                      <version>%s</version>
                      <type>jar</type>
                    %s</dependency>
                    """.formatted(group, artifact, version, classifier()).indent(indent.length());
        }
    }

    /** What a jar's manifest says. */
    record Bundle(Entry entry, String name, Version version, String host, Attributes headers) {
    }

    private final Path root;
    private final Path list;
    private final Path work;

    private Target(Path root) throws IOException {
        this.root = root.toRealPath();
        this.list = this.root.resolve("target-platform/bundles.txt");
        this.work = Files.createTempDirectory("target");
    }

    public static void main(String[] arguments) throws Exception {
        Target target = new Target(Path.of(arguments[0]));
        Map<String, Predicate<String>> features = new LinkedHashMap<>(ADDITIONS);
        features.put("io.shadowweaver.example.feature", name -> name.startsWith("io.shadowweaver.example."));
        features.put("io.shadowweaver.lstm.feature", name -> name.startsWith("io.shadowweaver.lib.djl") || name.equals("io.shadowweaver.model.lstm"));
        features.put("io.shadowweaver.weka.feature", Target::isWeka);
        for (Map.Entry<String, Predicate<String>> feature : features.entrySet()) {
            target.writeOwnFeature(feature.getKey(), feature.getValue());
        }
        target.writeOwnFeature("io.shadowweaver.feature", features.values().stream().reduce(Predicate::or).orElseThrow().negate());
        if (Arrays.asList(arguments).contains("--own")) {
            return;
        }
        if (Arrays.asList(arguments).contains("--newest")) {
            target.raiseVersions();
        }
        List<Entry> entries = target.read();
        target.writeTarget(entries);
        List<Bundle> bundles = target.bundles(entries);
        target.writeFeature(bundles);
        target.writeNotices(entries);
        List<String> missing = new ArrayList<>(new Resolution(bundles).missing());
        List<Bundle> shipped = bundles.stream().filter(bundle -> !bundle.entry().has("test")).toList();
        new Resolution(shipped).missing().stream().map(line -> "in the product: " + line).forEach(missing::add);
        missing.forEach(line -> System.out.println("unsatisfied: " + line));
        System.out.println(bundles.size() + " bundles, " + missing.size() + " unsatisfied requirements");
        System.exit(missing.isEmpty() ? 0 : 1);
    }

    /** Bundles that no feature of the product holds, for whatever reason but their licence. */
    private static boolean isAddition(String name) {
        return ADDITIONS.values().stream().anyMatch(feature -> feature.test(name));
    }

    /** Bundles that stand on Weka, under its GPL-3.0: never in the product. */
    private static boolean isWeka(String name) {
        return name.endsWith(".weka");
    }

    private List<Entry> read() throws IOException {
        return Files.readAllLines(list).stream().filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(Entry::parse).toList();
    }

    // ---- the newest versions ----

    private void raiseVersions() throws IOException, InterruptedException {
        Path rules = work.resolve("rules.xml");
        Files.writeString(rules, """
                <ruleset comparisonMethod="maven"><ignoreVersions>
                  <ignoreVersion type="regex">(?i).*[.-](alpha|beta|m|rc|cr|pr|snapshot)[.-]?\\d*.*</ignoreVersion>
                  <ignoreVersion type="regex">\\d{8}.*</ignoreVersion>
                </ignoreVersions></ruleset>
                """);
        Path found = work.resolve("newest.txt");
        List<Entry> open = read().stream().filter(entry -> !entry.has("pin")).toList();
        maven(pom(open), "org.codehaus.mojo:versions-maven-plugin:2.18.0:display-dependency-updates",
                "-Dmaven.version.rules=" + rules.toUri(), "-Dversions.outputFile=" + found);
        String text = Files.readString(list);
        Matcher line = Pattern.compile("(\\S+:\\S+) \\.+\\s+(\\S+) -> (\\S+)")
                .matcher(Files.readString(found).replaceAll("\\s*\\n\\s+(?=\\S+ -> )", " "));
        while (line.find()) {
            String old = line.group(1) + ":" + line.group(2);
            System.out.println(old + " -> " + line.group(3));
            text = text.replaceAll("(?m)^" + Pattern.quote(old) + "(?=\\s|$)", line.group(1) + ":" + line.group(3));
        }
        Files.writeString(list, text);
    }

    // ---- what is written ----

    private void writeTarget(List<Entry> entries) throws IOException {
        StringBuilder text = new StringBuilder("""
                <?xml version="1.0" encoding="UTF-8" standalone="no"?>
                <!-- written by releng/target from bundles.txt: change that one -->
                <target name="Shadow Weaver">
                  <locations>
                """);
        text.append(location("the bundles", "error",
                entries.stream().filter(entry -> entry.wrap() == null).toList(), ""));
        for (Entry entry : entries) {
            if (entry.wrap() != null) {
                String instructions = Files.readString(root.resolve("target-platform/wrapped/" + entry.wrap() + ".bnd"));
                text.append(location(entry.wrap(), "generate", List.of(entry),
                        "      <instructions><![CDATA[\nversion: ${version_cleanup;${mvnVersion}}\nBundle-Version: ${version}\n" + instructions
                                + "]]></instructions>\n"));
            }
        }
        text.append("  </locations>\n</target>\n");
        Files.writeString(root.resolve("target-platform/io.shadowweaver.target"), text.toString());
    }

    private static String location(String label, String missingManifest, List<Entry> entries, String instructions) {
        return """
                    <location type="Maven" label="%s" includeDependencyDepth="none" includeDependencyScopes="compile" \
                includeSource="false" missingManifest="%s">
                      <dependencies>
                %s      </dependencies>
                %s    </location>
                """.formatted(label, missingManifest,
                entries.stream().map(entry -> entry.dependency("        ")).collect(Collectors.joining()), instructions);
    }

    private void writeFeature(List<Bundle> bundles) throws IOException {
        StringBuilder text = new StringBuilder("""
                <?xml version="1.0" encoding="UTF-8"?>
                <!-- written by releng/target from target-platform/bundles.txt: change that one -->
                <feature id="%s" label="Shadow Weaver platform" version="1.0.0.qualifier" provider-name="Shadow Weaver">
                  <description>The Eclipse platform and the libraries that Shadow Weaver stands on.</description>
                  <license url="https://www.apache.org/licenses/LICENSE-2.0">
                    Each bundle stands under its own licence: see THIRD-PARTY.md.
                  </license>
                """.formatted(FEATURE));
        Map<String, String> plugins = new TreeMap<>();
        for (Bundle bundle : bundles) {
            if (bundle.entry().has("test")) {
                continue;
            }
            String platform = "";
            if (bundle.name().endsWith(".gtk.linux.x86_64")) {
                platform = " os=\"linux\" ws=\"gtk\" arch=\"x86_64\"";
            }
            String fragment = bundle.host() == null ? "" : " fragment=\"true\"";
            plugins.put(bundle.name(),
                    "  <plugin id=\"" + bundle.name() + "\"" + platform + " version=\"0.0.0\"" + fragment + "/>\n");
        }
        plugins.values().forEach(text::append);
        text.append("</feature>\n");
        Path folder = Files.createDirectories(root.resolve("features/" + FEATURE));
        Files.writeString(folder.resolve("feature.xml"), text.toString());
    }

    /** Lists the bundles of this project in one of its features; the rest of the file stays as it is. */
    private void writeOwnFeature(String feature, Predicate<String> mine) throws IOException {
        Path file = root.resolve("features/" + feature + "/feature.xml");
        if (!Files.exists(file)) {
            return;
        }
        StringBuilder lines = new StringBuilder();
        try (Stream<Path> folders = Files.list(root.resolve("bundles"))) {
            for (Path folder : folders.sorted().toList()) {
                Path manifest = folder.resolve("META-INF/MANIFEST.MF");
                String name = folder.getFileName().toString();
                if (!mine.test(name) || !Files.exists(manifest) && !Files.exists(folder.resolve("pde.bnd"))) {
                    continue;
                }
                boolean fragment = Files.exists(manifest) && Files.readString(manifest).contains("Fragment-Host:");
                String platform = name.endsWith(".linux.x86_64") ? " os=\"linux\" arch=\"x86_64\"" : "";
                lines.append("  <plugin id=\"").append(name).append('"').append(platform).append(" version=\"0.0.0\"")
                        .append(fragment ? " fragment=\"true\"" : "").append("/>\n");
            }
        }
        String text = Files.readString(file).replaceAll("(?m)^ *<plugin id=.*/>\\R", "");
        Files.writeString(file, text.replace("</feature>", lines + "</feature>"));
    }

    /** Lists what the product redistributes, with the licences that the artifacts' poms state. */
    private void writeNotices(List<Entry> entries) throws IOException, InterruptedException {
        List<Entry> shipped = new ArrayList<>(entries.stream().filter(entry -> !entry.has("test")).toList());
        shipped.addAll(wrappedByModules(name -> !isWeka(name) && !isAddition(name)));
        List<Entry> additions = wrappedByModules(Target::isAddition);
        List<Entry> weka = wrappedByModules(Target::isWeka);
        List<Entry> all = Stream.of(shipped, additions, weka).flatMap(List::stream).toList();
        maven(pom(all), "org.codehaus.mojo:license-maven-plugin:2.7.0:add-third-party",
                "-Dlicense.outputDirectory=" + work, "-Dlicense.thirdPartyFilename=notices.txt",
                "-Dlicense.acceptPomPackaging=true", "-Dlicense.useMissingFile=false", "-Dlicense.includeTransitiveDependencies=false");
        Map<String, String> rows = new TreeMap<>();
        Pattern line = Pattern.compile("\\s*((?:\\([^()]*(?:\\([^()]*\\)[^()]*)*\\)\\s*)+)(.*) \\(([^:()]+:[^:()]+:[^ ()]+) - (.*)\\)");
        for (String text : Files.readAllLines(work.resolve("notices.txt"))) {
            Matcher row = line.matcher(text);
            if (row.matches()) {
                String licence = row.group(1).strip().replaceAll("^\\(|\\)$", "").replaceAll("\\)\\s*\\(", ", ");
                rows.put(row.group(3), "| `" + row.group(3) + "` | " + licence + " |\n");
            }
        }
        for (Entry entry : all) {
            if (!rows.containsKey(entry.id())) {
                throw new IOException("no licence was found for " + entry.id());
            }
        }
        Files.writeString(root.resolve("THIRD-PARTY.md"), """
                # Third-party notices

                Shadow Weaver is licensed under the Apache License 2.0 (`LICENSE`). Its product redistributes the artifacts below, unchanged, each under the
                licence that its publisher states; where there are several, the recipient may choose. The licence texts are inside the artifacts.
                This page is written by `releng/target`.

                | artifact | licence |
                |---|---|
                """ + table(rows, shipped) + """

                ## Not in the product

                The features of providers and blob stores on the update site hold:

                | artifact | licence |
                |---|---|
                """ + table(rows, additions) + """

                The feature `io.shadowweaver.weka.feature` on the update site is licensed under the GNU General Public License, version 3, as a whole. It holds:

                | artifact | licence |
                |---|---|
                """ + table(rows, weka));
    }

    private static String table(Map<String, String> rows, List<Entry> entries) {
        return entries.stream().map(Entry::id).sorted().distinct().map(rows::get).collect(Collectors.joining());
    }

    /** What the modules {@code io.shadowweaver.lib.*} copy or unpack. */
    private List<Entry> wrappedByModules(Predicate<String> bundle) throws IOException {
        Set<Entry> found = new LinkedHashSet<>();
        Pattern item = Pattern.compile("<artifactItem>\\s*<groupId>([^<]*)</groupId>\\s*<artifactId>([^<]*)</artifactId>"
                + "\\s*<version>([^<]*)</version>(?:\\s*<classifier>([^<]*)</classifier>)?");
        try (Stream<Path> folders = Files.list(root.resolve("bundles"))) {
            for (Path folder : folders.sorted().toList()) {
                Path pom = folder.resolve("pom.xml");
                String name = folder.getFileName().toString();
                if (name.startsWith("io.shadowweaver.lib.") && bundle.test(name) && Files.exists(pom)) {
                    Matcher matcher = item.matcher(Files.readString(pom));
                    while (matcher.find()) {
                        found.add(new Entry(matcher.group(1), matcher.group(2), matcher.group(3),
                                matcher.group(4) == null ? Set.of() : Set.of("classifier:" + matcher.group(4))));
                    }
                }
            }
        }
        return List.copyOf(found);
    }

    // ---- the jars ----

    private List<Bundle> bundles(List<Entry> entries) throws IOException, InterruptedException {
        Path jars = work.resolve("jars");
        maven(pom(entries), "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies",
                "-DoutputDirectory=" + jars, "-DexcludeTransitive=true", "-Dmdep.prependGroupId=true");
        List<Bundle> bundles = new ArrayList<>();
        for (Entry entry : entries) {
            Path jar = jars.resolve(entry.group() + "." + entry.artifact() + "-" + entry.version() + ".jar");
            if (entry.wrap() != null) {
                bundles.add(wrapped(entry, jar));
                continue;
            }
            try (JarFile file = new JarFile(jar.toFile())) {
                Attributes headers = file.getManifest() == null ? new Attributes()
                        : file.getManifest().getMainAttributes();
                String name = headers.getValue("Bundle-SymbolicName");
                if (name == null) {
                    throw new IOException(jar.getFileName() + " has no OSGi headers: mark it wrap:NAME in bundles.txt");
                }
                String host = headers.getValue("Fragment-Host");
                bundles.add(new Bundle(entry, Clause.parse(name).getFirst().name(),
                        Version.of(headers.getValue("Bundle-Version")),
                        host == null ? null : Clause.parse(host).getFirst().name(), headers));
            }
        }
        return bundles;
    }

    private Bundle wrapped(Entry entry, Path jar) throws IOException {
        Attributes headers = new Attributes();
        for (String line : Files.readAllLines(root.resolve("target-platform/wrapped/" + entry.wrap() + ".bnd"))) {
            int colon = line.indexOf(": ");
            if (colon > 0 && !line.startsWith("Import-Package")) {
                headers.putValue(line.substring(0, colon), line.substring(colon + 2));
            }
        }
        Set<String> packages = new TreeSet<>();
        try (JarFile file = new JarFile(jar.toFile())) {
            file.stream().filter(item -> item.getName().endsWith(".class") && item.getName().contains("/"))
                    .forEach(item -> packages.add(item.getName().substring(0, item.getName().lastIndexOf('/'))
                            .replace('/', '.')));
        }
        String version = headers.getValue("Export-Package").replaceAll(".*version=\"([^\"]*)\".*", "$1")
                .replace("${version}", entry.version());
        headers.putValue("Export-Package", packages.stream().map(name -> name + ";version=\"" + version + "\"")
                .collect(Collectors.joining(",")));
        return new Bundle(entry, headers.getValue("Bundle-SymbolicName"), Version.of(entry.version()), null, headers);
    }

    private static String pom(List<Entry> entries) {
        return """
                <project>
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>io.shadowweaver</groupId>
                  <artifactId>target-list</artifactId>
                  <version>1</version>
                  <packaging>pom</packaging>
                  <dependencies>
                %s  </dependencies>
                </project>
                """.formatted(entries.stream().map(entry -> entry.dependency("    ").replace("</type>",
                        "</type><exclusions><exclusion><groupId>*</groupId><artifactId>*</artifactId></exclusion></exclusions>"))
                .collect(Collectors.joining()));
    }

    private void maven(String pom, String... arguments) throws IOException, InterruptedException {
        Files.writeString(work.resolve("pom.xml"), pom);
        List<String> command = new ArrayList<>(
                List.of(root.resolve("releng/mvn").toString(), "-B", "-q", "-ntp", "-f", work.toString()));
        command.addAll(Arrays.asList(arguments));
        int code = new ProcessBuilder(command).directory(work.toFile()).inheritIO().start().waitFor();
        if (code != 0) {
            throw new IOException("Maven ended with " + code);
        }
    }

    // ---- does it resolve ----

    /** An OSGi version; the qualifier does not matter here. */
    record Version(int major, int minor, int micro) implements Comparable<Version> {

        static Version of(String text) {
            Matcher digits = Pattern.compile("(\\d+)(?:\\.(\\d+))?(?:\\.(\\d+))?.*").matcher(text == null ? "0" : text);
            if (!digits.matches()) {
                throw new IllegalArgumentException("not a version: " + text);
            }
            return new Version(number(digits.group(1)), number(digits.group(2)), number(digits.group(3)));
        }

        private static int number(String text) {
            return text == null ? 0 : Integer.parseInt(text);
        }

        boolean in(String range) {
            if (range == null || range.isBlank()) {
                return true;
            }
            String text = range.trim();
            if (!text.startsWith("[") && !text.startsWith("(")) {
                return compareTo(of(text)) >= 0;
            }
            String[] ends = text.substring(1, text.length() - 1).split(",");
            int low = compareTo(of(ends[0].trim()));
            int high = compareTo(of(ends[1].trim()));
            return (text.startsWith("[") ? low >= 0 : low > 0) && (text.endsWith("]") ? high <= 0 : high < 0);
        }

        @Override
        public int compareTo(Version other) {
            return java.util.Comparator.comparingInt(Version::major).thenComparingInt(Version::minor)
                    .thenComparingInt(Version::micro).compare(this, other);
        }
    }

    /** One clause of a header: paths, attributes, directives (their names with the colon). */
    record Clause(List<String> names, Map<String, String> attributes) {

        static List<Clause> parse(String header) {
            List<Clause> clauses = new ArrayList<>();
            if (header != null) {
                for (String clause : split(header, ',')) {
                    List<String> names = new ArrayList<>();
                    Map<String, String> attributes = new LinkedHashMap<>();
                    for (String part : split(clause, ';')) {
                        Matcher pair = Pattern.compile("([\\w.-]+)(?::[\\w<>]+)?\\s*(:?=)\\s*\"?(.*?)\"?").matcher(part.trim());
                        if (pair.matches()) {
                            attributes.put(pair.group(1) + (pair.group(2).length() > 1 ? ":" : ""), pair.group(3));
                        } else {
                            names.add(part.trim());
                        }
                    }
                    clauses.add(new Clause(names, attributes));
                }
            }
            return clauses;
        }

        private static List<String> split(String text, char separator) {
            List<String> parts = new ArrayList<>();
            boolean quoted = false;
            int start = 0;
            for (int i = 0; i < text.length(); i++) {
                if (text.charAt(i) == '"') {
                    quoted = !quoted;
                } else if (text.charAt(i) == separator && !quoted) {
                    parts.add(text.substring(start, i));
                    start = i + 1;
                }
            }
            parts.add(text.substring(start));
            return parts;
        }

        String name() {
            return names.getFirst();
        }

        boolean optional() {
            return "optional".equals(attributes.get("resolution:"));
        }
    }

    /** The requirements of the listed bundles against what they and the JDK offer. */
    static final class Resolution {

        private final List<Bundle> bundles;
        private final Map<String, List<Version>> names = new TreeMap<>();
        private final Map<String, List<Version>> packages = new TreeMap<>();
        private final Set<String> capabilities = new TreeSet<>();

        Resolution(List<Bundle> bundles) {
            this.bundles = bundles;
            ModuleLayer.boot().modules().forEach(module -> module.getPackages()
                    .forEach(name -> add(packages, name, "999")));
            for (Bundle bundle : bundles) {
                names.computeIfAbsent(bundle.name(), key -> new ArrayList<>()).add(bundle.version());
                for (Clause clause : Clause.parse(bundle.headers().getValue("Export-Package"))) {
                    clause.names().forEach(name -> add(packages, name, clause.attributes().get("version")));
                }
                for (Clause clause : Clause.parse(bundle.headers().getValue("Provide-Capability"))) {
                    clause.names().forEach(capabilities::add);
                }
            }
        }

        private static void add(Map<String, List<Version>> map, String name, String version) {
            map.computeIfAbsent(name, key -> new ArrayList<>()).add(Version.of(version));
        }

        List<String> missing() {
            List<String> missing = new ArrayList<>();
            for (Bundle bundle : bundles) {
                check(bundle, "Require-Bundle", names, "bundle-version", missing);
                check(bundle, "Import-Package", packages, "version", missing);
                check(bundle, "Fragment-Host", names, "bundle-version", missing);
                for (Clause clause : Clause.parse(bundle.headers().getValue("Require-Capability"))) {
                    String space = clause.name();
                    if (!clause.optional() && !space.equals("osgi.ee") && !space.startsWith("eclipse.platform")
                            && !space.equals("osgi.native") && !capabilities.contains(space)
                            && !"active".equals(clause.attributes().get("effective:"))) {
                        missing.add(bundle.name() + " needs capability " + space + " " + clause.attributes());
                    }
                }
            }
            return missing;
        }

        private static void check(Bundle bundle, String header, Map<String, List<Version>> offered, String attribute,
                List<String> missing) {
            for (Clause clause : Clause.parse(bundle.headers().getValue(header))) {
                String range = clause.attributes().get(attribute);
                for (String name : clause.names()) {
                    boolean met = name.equals("system.bundle")
                            || offered.getOrDefault(name, List.of()).stream().anyMatch(version -> version.in(range));
                    if (!met && !clause.optional()) {
                        missing.add(bundle.name() + " " + header + " " + name + " " + (range == null ? "" : range)
                                + ", there is " + offered.getOrDefault(name, List.of()));
                    }
                }
            }
        }
    }
}
