// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** Reads the source tree of the project and says where it breaks the rules of ARCHITECTURE.md. */
final class Architecture {

    private static final int LONGEST_FILE = 500;
    private static final Pattern OURS = Pattern.compile("\\bio\\.shadowweaver(?:\\.[a-z_][a-z0-9_]*)+");
    private static final Pattern ECLIPSE =
            Pattern.compile("\\borg\\.eclipse\\.\\w+|\\borg\\.osgi\\.(?!annotation\\.)\\w+");

    /** What no bundle writes, with the reason that is printed. */
    private static final Map<Pattern, String> FORBIDDEN = new LinkedHashMap<>();

    /** What plain bundles do not write: their time comes from a clock that is handed in. */
    private static final Pattern WALL_CLOCK = Pattern.compile(
            "\\bSystem\\s*\\.\\s*currentTimeMillis\\s*\\(|\\b(?:Instant|LocalDate|LocalTime|LocalDateTime|ZonedDateTime|OffsetDateTime)\\s*\\.\\s*now\\s*\\(\\s*\\)");

    static {
        FORBIDDEN.put(Pattern.compile("\\bsyncExec\\s*\\("), "syncExec blocks a thread on the window's: use asyncExec");
        // The clipboard's kinds of content come from SWT in no other way.
        FORBIDDEN.put(Pattern.compile("(?<!Transfer\\.)\\bgetInstance\\s*\\(\\s*\\)"), "getInstance() is a static manager: hand it in by a constructor");
        FORBIDDEN.put(Pattern.compile("\\bprintStackTrace\\s*\\("), "printStackTrace: log it or hand it on");
    }

    private final Path root;
    private final List<BundleFolder> bundles;
    private final Map<String, String> ownerOfPackage = new HashMap<>();
    private final List<String> violations = new ArrayList<>();

    private Architecture(Path root) throws IOException {
        this.root = root;
        this.bundles = BundleFolder.under(root.resolve("bundles"));
        for (BundleFolder bundle : bundles) {
            bundle.packages().forEach(name -> ownerOfPackage.put(name, bundle.name()));
        }
    }

    /**
     * Checks the project.
     *
     * @param root the folder that holds {@code bundles}
     * @return one sentence a violation, with its file; empty when the house is in order
     */
    static List<String> violations(Path root) throws IOException {
        Architecture architecture = new Architecture(root);
        for (BundleFolder bundle : architecture.bundles) {
            architecture.check(bundle);
        }
        return architecture.violations;
    }

    private void check(BundleFolder bundle) throws IOException {
        Optional<Layer> layer = Layer.of(bundle.name());
        if (layer.isEmpty()) {
            add(bundle.declaration(), "no layer is known for " + bundle.name());
            return;
        }
        if (!bundle.folder().getFileName().toString().equals(bundle.name())) {
            add(bundle.declaration(), "the folder of " + bundle.name() + " has another name");
        }
        for (String other : BundleFolder.names(bundle.requires())) {
            checkUse(bundle, layer.get(), bundle.declaration(), other);
            if (layer.get().plain() && other.startsWith("org.eclipse.")) {
                add(bundle.declaration(), bundle.name() + " is plain Java and requires " + other);
            }
        }
        for (String name : BundleFolder.names(bundle.imports())) {
            checkPackage(bundle, layer.get(), bundle.declaration(), name);
            if (layer.get().plain() && ECLIPSE.matcher(name).find()) {
                add(bundle.declaration(), bundle.name() + " is plain Java and imports " + name);
            }
        }
        checkExports(bundle);
        for (Path file : bundle.files(".java")) {
            checkSource(bundle, layer.get(), SourceFile.read(file));
        }
        for (Path file : bundle.files(".exsd")) {
            checkSchema(file);
        }
    }

    // ---- layers ----

    private void checkUse(BundleFolder bundle, Layer layer, Path file, String other) {
        if (other.equals(bundle.name()) || !other.startsWith(Layer.PREFIX)) {
            return;
        }
        Optional<Layer> used = Layer.of(other);
        boolean host = bundle.name().startsWith(other + ".") && used.filter(Layer::shared).isPresent()
                && layer.level() == used.get().level();
        if (used.isEmpty()) {
            add(file, "no layer is known for " + other + ", which " + bundle.name() + " uses");
        } else if (!layer.mayUse(used.get()) && !host) {
            add(file, bundle.name() + " may not use " + other + (layer.plugin()
                    ? ": a plug-in uses api, kit.* and lib.* alone" : ": it is not in a layer below"));
        }
    }

    private void checkPackage(BundleFolder bundle, Layer layer, Path file, String name) {
        String owner = ownerOfPackage.get(name);
        if (owner != null) {
            checkUse(bundle, layer, file, owner);
        }
    }

    private void checkSource(BundleFolder bundle, Layer layer, SourceFile source) {
        Matcher ours = OURS.matcher(source.code());
        while (ours.find()) {
            longestPackage(ours.group()).ifPresent(name -> checkPackage(bundle, layer, source.file(), name));
        }
        if (layer.plain()) {
            match(source, ECLIPSE, bundle.name() + " is plain Java and may not use ");
            match(source, WALL_CLOCK, "time comes from a clock that is handed in, not from ");
        }
        FORBIDDEN.forEach((pattern, reason) -> match(source, pattern, reason + ": "));
        long lines = source.text().lines().count();
        if (lines >= LONGEST_FILE) {
            add(source.file(), lines + " lines: a file is one thing, under " + LONGEST_FILE);
        }
        if (!source.text().startsWith("// SPDX-License-Identifier: Apache-2.0")) {
            add(source.file(), "the first line is not the SPDX line");
        }
    }

    private Optional<String> longestPackage(String reference) {
        String name = reference;
        while (name.length() > Layer.PREFIX.length()) {
            if (ownerOfPackage.containsKey(name)) {
                return Optional.of(name);
            }
            name = name.substring(0, name.lastIndexOf('.'));
        }
        return Optional.empty();
    }

    private void match(SourceFile source, Pattern pattern, String reason) {
        Matcher matcher = pattern.matcher(source.code());
        while (matcher.find()) {
            violations.add(root.relativize(source.file()) + ":" + source.line(matcher.start()) + ": " + reason
                    + matcher.group());
        }
    }

    // ---- exports ----

    private void checkExports(BundleFolder bundle) {
        if (bundle.name().startsWith(Layer.PREFIX + "lib.")) {
            return; // their packages carry the version of the library, or none where it has none
        }
        for (String clause : BundleFolder.clauses(bundle.exports())) {
            if (!clause.matches("(?s).*;\\s*version\\s*=.*")) {
                add(bundle.declaration(), "exported without a version: " + clause.split(";")[0]);
            }
            if (clause.contains("x-friends")) {
                add(bundle.declaration(), "x-friends: " + clause.split(";")[0]);
            }
        }
        for (Path file : bundle.files("package-info.java")) {
            String code = SourceFile.read(file).code();
            if (code.contains("Export") && code.matches("(?s).*@(?:org\\.osgi\\.annotation\\.bundle\\.)?Export\\b.*")
                    && !code.matches("(?s).*@(?:org\\.osgi\\.annotation\\.versioning\\.)?Version\\s*\\(.*")) {
                add(file, "exported without a version: " + SourceFile.packageOf(code).orElse("?"));
            }
        }
    }

    // ---- extension points ----

    private void checkSchema(Path file) throws IOException {
        Element schema;
        try {
            schema = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile())
                    .getDocumentElement();
        } catch (ParserConfigurationException | SAXException e) {
            add(file, "not readable as XML: " + e.getMessage());
            return;
        }
        if (documentation(schema).isEmpty()) {
            add(file, "the extension point is not documented");
        }
        NodeList elements = schema.getElementsByTagName("*");
        for (int i = 0; i < elements.getLength(); i++) {
            Element element = (Element) elements.item(i);
            String kind = element.getTagName().replaceFirst("^.*:", "");
            String name = element.getAttribute("name");
            boolean declares = kind.equals("attribute") || kind.equals("element") && element.getParentNode() == schema;
            boolean every = name.equals("extension") || inExtension(element);
            if (declares && !name.isEmpty() && !every && documentation(element).isEmpty()) {
                add(file, kind + " " + name + " is not documented");
            }
            if (kind.equals("documentation") && element.getTextContent().isBlank()) {
                add(file, "an empty documentation element");
            }
        }
    }

    /** The attributes point, id and name of {@code extension} are the platform's, the same everywhere. */
    private static boolean inExtension(Element element) {
        for (var node = element.getParentNode(); node instanceof Element parent; node = node.getParentNode()) {
            if (parent.getTagName().replaceFirst("^.*:", "").equals("element")
                    && parent.getAttribute("name").equals("extension")) {
                return true;
            }
        }
        return false;
    }

    private static String documentation(Element element) {
        StringBuilder text = new StringBuilder();
        for (var node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child && child.getTagName().replaceFirst("^.*:", "").equals("annotation")) {
                NodeList documentation = child.getElementsByTagName("*");
                for (int i = 0; i < documentation.getLength(); i++) {
                    if (((Element) documentation.item(i)).getTagName().endsWith("documentation")) {
                        text.append(documentation.item(i).getTextContent().strip());
                    }
                }
            }
        }
        return text.toString();
    }

    private void add(Path file, String sentence) {
        String line = root.relativize(file) + ": " + sentence;
        if (!violations.contains(line)) {
            violations.add(line);
        }
    }

    /** The root of the project: given by the build, or the folder above that holds {@code bundles}. */
    static Path projectRoot() {
        String given = System.getProperty("shadowweaver.root");
        if (given != null) {
            return Path.of(given);
        }
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.isDirectory(folder.resolve("bundles")) && Files.isDirectory(folder.resolve("target-platform"))) {
                return folder;
            }
        }
        throw new IllegalStateException("no folder above " + Path.of("").toAbsolutePath() + " holds the project");
    }
}
