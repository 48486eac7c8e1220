// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each rule sees the breach that it is there for: in a small house, and in a copy of the real one. */
class BrokenHouseTest {

    private static final String SPDX = "// SPDX-License-Identifier: Apache-2.0\n";

    @TempDir
    Path house;

    @BeforeEach
    void build() throws IOException {
        plain("io.shadowweaver.api", "osgi.annotation");
        plain("io.shadowweaver.kit.series", "io.shadowweaver.api");
        plain("io.shadowweaver.history", "io.shadowweaver.api");
        plain("io.shadowweaver.engine", "io.shadowweaver.api,io.shadowweaver.history");
        plain("io.shadowweaver.model.ets", "io.shadowweaver.api,io.shadowweaver.kit.series");
        window("io.shadowweaver.ui", "org.eclipse.ui,io.shadowweaver.engine");
    }

    @Test
    void theSmallHouseIsInOrder() throws IOException {
        assertEquals(List.of(), Architecture.violations(house));
    }

    @ParameterizedTest
    @CsvSource({
        "io.shadowweaver.history, io.shadowweaver.engine",
        "io.shadowweaver.history, io.shadowweaver.ui",
        "io.shadowweaver.api, io.shadowweaver.kit.series",
        "io.shadowweaver.model.ets, io.shadowweaver.history",
        "io.shadowweaver.kit.series, io.shadowweaver.model.ets",
    })
    void aBundleThatRequiresAHigherOneIsSeen(String bundle, String required) throws IOException {
        plain(bundle, "io.shadowweaver.api," + required);
        assertOne(bundle + " may not use " + required);
    }

    @Test
    void aReferenceInTheSourceAloneIsSeen() throws IOException {
        source("io.shadowweaver.history", "Up", "class Up { io.shadowweaver.engine.Thing thing; }");
        assertOne("io.shadowweaver.history may not use io.shadowweaver.engine");
    }

    @Test
    void anImportedPackageOfAHigherBundleIsSeen() throws IOException {
        Files.writeString(house.resolve("bundles/io.shadowweaver.history/pde.bnd"),
                "Import-Package: io.shadowweaver.engine;version=\"[1,2)\"\n",
                java.nio.file.StandardOpenOption.APPEND);
        assertOne("io.shadowweaver.history may not use io.shadowweaver.engine");
    }

    @Test
    void aBundleThatNoLayerKnowsIsSeen() throws IOException {
        plain("io.shadowweaver.misc", "io.shadowweaver.api");
        assertOne("no layer is known for io.shadowweaver.misc");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "org.eclipse.core.runtime.IStatus status;| org.eclipse.core",
        "org.osgi.framework.Bundle bundle;| org.osgi.framework",
        "long now() { return System.currentTimeMillis(); }| currentTimeMillis",
        "Object now() { return java.time.Instant.now(); }| Instant.now",
        "void f(Exception e) { e.printStackTrace(); }| printStackTrace",
        "static Object getInstance() { return null; }| getInstance",
        "void f(Object display) { display.syncExec(null); }| syncExec",
    })
    void aForbiddenWordInAPlainBundleIsSeen(String code, String word) throws IOException {
        source("io.shadowweaver.history", "Bad", "class Bad { " + code + " }");
        assertOne(word);
    }

    @Test
    void wordsInCommentsAndStringsAreNotCode() throws IOException {
        source("io.shadowweaver.history", "Good", """
                /** Never calls printStackTrace() nor syncExec(…). */
                class Good {
                    // Instant.now() would be wrong here
                    String text = "org.eclipse.ui and getInstance() \\" still a string: System.currentTimeMillis()";
                }
                """);
        assertEquals(List.of(), Architecture.violations(house));
    }

    @Test
    void anExportWithoutVersionIsSeen() throws IOException {
        Files.writeString(house.resolve("bundles/io.shadowweaver.history/src/io/shadowweaver/history/package-info.java"),
                SPDX + "@org.osgi.annotation.bundle.Export\npackage io.shadowweaver.history;\n");
        assertOne("exported without a version: io.shadowweaver.history");
    }

    @Test
    void anExportOfAManifestWithoutVersionIsSeen() throws IOException {
        Files.writeString(house.resolve("bundles/io.shadowweaver.ui/META-INF/MANIFEST.MF"),
                "Export-Package: io.shadowweaver.ui\n", java.nio.file.StandardOpenOption.APPEND);
        assertOne("exported without a version: io.shadowweaver.ui");
    }

    @Test
    void anUndocumentedAttributeOfAnExtensionPointIsSeen() throws IOException {
        Path schema = Files.createDirectories(house.resolve("bundles/io.shadowweaver.api/schema"));
        String text = """
                <schema xmlns="http://www.w3.org/2001/XMLSchema" targetNamespace="io.shadowweaver.api">
                  <annotation><documentation>What this point is for.</documentation></annotation>
                  <element name="model">
                    <annotation><documentation>A model.</documentation></annotation>
                    <complexType>
                      <attribute name="id" type="string"><annotation><documentation>Its id.</documentation></annotation></attribute>
                    </complexType>
                  </element>
                </schema>
                """;
        Files.writeString(schema.resolve("models.exsd"), text);
        assertEquals(List.of(), Architecture.violations(house));
        Files.writeString(schema.resolve("models.exsd"),
                text.replace("<annotation><documentation>Its id.</documentation></annotation>", ""));
        assertOne("attribute id is not documented");
    }

    @Test
    void aFileThatIsTooLongIsSeen() throws IOException {
        source("io.shadowweaver.history", "Long", "class Long {\n" + "\n".repeat(500) + "}");
        assertOne("a file is one thing");
    }

    @Test
    void theRealHouseWithALayerBrokenOnPurposeIsSeen() throws IOException {
        Path copy = house.resolve("real");
        copySources(Architecture.projectRoot().resolve("bundles"), copy.resolve("bundles"));
        List<String> before = Architecture.violations(copy);
        Path api = copy.resolve("bundles/io.shadowweaver.api/pde.bnd");
        Files.writeString(api, Files.readString(api).replaceFirst("-buildpath: *", "-buildpath: io.shadowweaver.app,"));
        List<String> after = Architecture.violations(copy);
        assertTrue(after.stream().anyMatch(line -> line.contains("io.shadowweaver.api may not use io.shadowweaver.app")),
                after.toString());
        assertEquals(before.size() + 1, after.size());
    }

    private void assertOne(String part) throws IOException {
        List<String> violations = Architecture.violations(house);
        assertTrue(violations.stream().anyMatch(line -> line.contains(part)), violations.toString());
        assertEquals(1, violations.size(), violations.toString());
    }

    private void plain(String name, String buildPath) throws IOException {
        Path folder = Files.createDirectories(house.resolve("bundles").resolve(name));
        Files.writeString(folder.resolve("pde.bnd"), "Bundle-SymbolicName: " + name + ";singleton:=true\n-buildpath: "
                + buildPath.replace(",", ";version=latest,") + "\n");
        source(name, "Thing", "class Thing { }");
    }

    private void window(String name, String requires) throws IOException {
        Path folder = Files.createDirectories(house.resolve("bundles").resolve(name).resolve("META-INF"));
        Files.writeString(folder.resolve("MANIFEST.MF"), "Manifest-Version: 1.0\nBundle-SymbolicName: " + name
                + "\nRequire-Bundle: " + requires + "\n");
        source(name, "Window", "class Window { org.eclipse.swt.widgets.Shell shell; }");
    }

    private void source(String bundle, String type, String code) throws IOException {
        Path folder = Files.createDirectories(
                house.resolve("bundles").resolve(bundle).resolve("src").resolve(bundle.replace('.', '/')));
        Files.writeString(folder.resolve(type + ".java"), SPDX + "package " + bundle + ";\n" + code + "\n");
    }

    private static void copySources(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            files.filter(Files::isRegularFile).filter(file -> {
                String name = file.toString();
                return !from.relativize(file).toString().matches("[^/]+/(target|bin)/.*")
                        && (name.endsWith(".java") || name.endsWith(".bnd") || name.endsWith(".MF")
                                || name.endsWith(".exsd"));
            }).forEach(file -> {
                try {
                    Path copy = to.resolve(from.relativize(file));
                    Files.createDirectories(copy.getParent());
                    Files.copy(file, copy);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
