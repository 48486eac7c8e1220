// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

/** The project as it stands keeps its own rules. */
class ArchitectureTest {

    private final Path root = Architecture.projectRoot();

    @Test
    void theHouseIsInOrder() throws IOException {
        assertEquals("", String.join("\n", Architecture.violations(root)));
    }

    @Test
    void everyBundleIsInOneFeature() throws IOException {
        Map<String, String> features = new TreeMap<>();
        try (Stream<Path> folders = Files.list(root.resolve("features"))) {
            for (Path folder : folders.filter(folder -> Files.exists(folder.resolve("feature.xml"))).toList()) {
                features.put(folder.getFileName().toString(), Files.readString(folder.resolve("feature.xml")));
            }
        }
        List<String> wrong = new ArrayList<>();
        for (BundleFolder bundle : BundleFolder.under(root.resolve("bundles"))) {
            String entry = "id=\"" + bundle.name() + "\"";
            List<String> in = features.keySet().stream().filter(feature -> features.get(feature).contains(entry)).toList();
            String expected = bundle.name().startsWith(Layer.PREFIX + "example.") ? "io.shadowweaver.example.feature"
                    : bundle.name().endsWith(".weka") ? "io.shadowweaver.weka.feature" : "";
            // a provider and a blob store of one cloud stand on the same fragment, and either may be installed without the other
            boolean shared = bundle.name().startsWith(Layer.PREFIX + "lib.jclouds.") && in.size() > 1 && !in.contains("io.shadowweaver.feature");
            if (!shared && (in.size() != 1 || !in.getFirst().contains(expected))) {
                wrong.add(bundle.name() + " is in " + in);
            }
        }
        assertEquals(List.of(), wrong, "in one feature each; examples and what is under the GPL in their own");
        assertFalse(Files.readString(root.resolve("releng/io.shadowweaver.repository/io.shadowweaver.product")).matches("(?s).*(weka|example).*"),
                "not in the product");
    }

    @Test
    void everyTestModuleSaysHowItRuns() throws IOException {
        List<String> silent = new ArrayList<>();
        try (Stream<Path> folders = Files.list(root.resolve("tests"))) {
            for (Path folder : folders.filter(Files::isDirectory).sorted().toList()) {
                Path properties = folder.resolve("build.properties");
                if (folder.getFileName().toString().endsWith(".tests") && !Files.exists(folder.resolve("pom.xml"))
                        && (!Files.exists(properties) || !Files.readString(properties)
                                .matches("(?s).*tycho\\.pomless\\.parent *= *\\S+/releng/parents/(plain|window)-tests.*"))) {
                    silent.add(folder.getFileName().toString());
                }
            }
        }
        assertEquals(List.of(), silent, "no tycho.pomless.parent in build.properties");
    }
}
