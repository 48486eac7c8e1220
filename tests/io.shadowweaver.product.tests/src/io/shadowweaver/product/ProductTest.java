// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The product as its user gets it: its scripts, its bundles, its window. */
class ProductTest {

    private final Product product = Product.built();

    @TempDir
    Path home;

    @Test
    void hasItsStartScripts() {
        assertTrue(Files.isExecutable(product.folder().resolve("shadowweaver")));
        assertTrue(Files.isExecutable(product.folder().resolve("weave")));
    }

    @Test
    void holdsNothingThatOnlyTestsOrVendorsNeed() throws IOException {
        List<String> bundles = product.bundles();
        assertTrue(bundles.contains("io.shadowweaver.app"), bundles.toString());
        assertEquals(List.of(), bundles.stream().filter(name -> name.contains("junit") || name.endsWith(".tests")
                || name.startsWith("io.shadowweaver.example.") || name.startsWith("org.eclipse.ui.ide")).toList());
    }

    @Test
    void holdsNothingOfWeka() throws IOException {
        try (Stream<Path> files = Files.walk(product.folder())) {
            assertEquals(List.of(), files.filter(file -> file.getFileName().toString().toLowerCase(Locale.ROOT).contains("weka")).toList());
        }
        try (Stream<Path> features = Files.list(Product.updateSite().resolve("features"))) {
            assertTrue(features.anyMatch(file -> file.getFileName().toString().startsWith("io.shadowweaver.weka.feature_")), "the update site offers it");
        }
    }

    @Test
    void holdsPyTorchUnpacked() throws IOException {
        try (Stream<Path> plugins = Files.list(product.folder().resolve("plugins"))) {
            Path natives = plugins.filter(file -> file.getFileName().toString().startsWith("io.shadowweaver.lib.djl.linux.x86_64_")).findFirst().orElseThrow();
            assertTrue(Files.isRegularFile(natives.resolve("pytorch/cpu/linux-x86_64/libtorch_cpu.so")), natives + " is used where it is, not unpacked again");
        }
    }

    @Test
    void opensItsWindowAndClosesItOnATerminationSignal() throws IOException, InterruptedException {
        Path log = home.resolve("log.txt");
        Path data = home.resolve("workbench");
        ProcessBuilder builder = product.command("shadowweaver", List.of("-data", data.toString()));
        builder.environment().put("HOME", home.toString());
        Process workbench = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        try {
            boolean seen = false;
            for (int i = 0; i < 240 && !seen && workbench.isAlive(); i++) {
                Thread.sleep(500);
                seen = windowIsVisible();
            }
            assertTrue(seen, () -> "no window: " + read(log) + read(data.resolve(".metadata/.log")));
            workbench.destroy();
            assertTrue(workbench.waitFor(30, TimeUnit.SECONDS), "still running after the signal");
            // A critical alert is an error in the log too; a stack trace is one of ours.
            assertFalse(read(data.resolve(".metadata/.log")).contains("\tat io.shadowweaver."),
                    () -> read(data.resolve(".metadata/.log")));
        } finally {
            workbench.descendants().forEach(ProcessHandle::destroyForcibly);
            workbench.destroyForcibly();
        }
    }

    private static boolean windowIsVisible() throws IOException, InterruptedException {
        return new ProcessBuilder("xdotool", "search", "--onlyvisible", "--name", "Shadow Weaver")
                .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            return e.toString();
        }
    }
}
