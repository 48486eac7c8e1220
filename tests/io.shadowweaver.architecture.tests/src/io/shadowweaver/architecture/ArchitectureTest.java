// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
    void everyBundleIsInAFeature() throws IOException {
        String product = Files.readString(root.resolve("features/io.shadowweaver.feature/feature.xml"));
        Path exampleFile = root.resolve("features/io.shadowweaver.example.feature/feature.xml");
        String example = Files.exists(exampleFile) ? Files.readString(exampleFile) : "";
        List<String> missing = new ArrayList<>();
        for (BundleFolder bundle : BundleFolder.under(root.resolve("bundles"))) {
            boolean vendor = bundle.name().startsWith(Layer.PREFIX + "example.");
            String entry = "id=\"" + bundle.name() + "\"";
            if (!(vendor ? example : product).contains(entry)) {
                missing.add(bundle.name());
            }
            assertTrue(!vendor || !product.contains(entry), bundle.name() + " is an example: not in the product");
        }
        assertEquals(List.of(), missing, "in no feature");
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
