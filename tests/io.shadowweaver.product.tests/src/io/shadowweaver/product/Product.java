// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.product;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The product as the build has left it, and how a test starts it. */
record Product(Path folder) {

    /** What a command has left behind. */
    record Outcome(int code, String out, String err) {
    }

    private static Path repositoryModule() {
        return Path.of(System.getProperty("shadowweaver.root"), "releng/io.shadowweaver.repository/target");
    }

    static Product built() {
        return new Product(
                repositoryModule().resolve("products/io.shadowweaver.product/linux/gtk/x86_64/shadowweaver"));
    }

    /** The p2 repository that the build has made. */
    static Path updateSite() {
        return repositoryModule().resolve("repository");
    }

    Product copyTo(Path target) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.toList()) {
                Path copy = target.resolve(folder.relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
        return new Product(target);
    }

    /** The symbolic names of the bundles that the product starts with. */
    List<String> bundles() throws IOException {
        return Files.readAllLines(folder.resolve("configuration/org.eclipse.equinox.simpleconfigurator/bundles.info"))
                .stream().filter(line -> !line.startsWith("#")).map(line -> line.split(",")[0]).toList();
    }

    ProcessBuilder command(String script, List<String> arguments) {
        List<String> line = new ArrayList<>();
        line.add(folder.resolve(script).toString());
        line.addAll(arguments);
        return new ProcessBuilder(line);
    }

    /** Runs the command line without a display, with a home folder of its own, until it ends. */
    Outcome weave(Path home, String... arguments) throws IOException, InterruptedException {
        ProcessBuilder builder = command("weave", List.of(arguments));
        builder.environment().keySet().removeAll(List.of("DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY"));
        builder.environment().put("HOME", home.toString());
        return run(builder, home);
    }

    /** Runs p2's director on this installation. */
    Outcome director(Path home, String... arguments) throws IOException, InterruptedException {
        Path launcher;
        try (Stream<Path> plugins = Files.list(folder.resolve("plugins"))) {
            launcher = plugins.filter(file -> file.getFileName().toString().matches(
                    "org\\.eclipse\\.equinox\\.launcher_.*\\.jar")).findFirst().orElseThrow();
        }
        List<String> line = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-jar", launcher.toString(), "-nosplash", "-data", home.resolve("director").toString(),
                "-application", "org.eclipse.equinox.p2.director"));
        line.addAll(List.of(arguments));
        return run(new ProcessBuilder(line), home);
    }

    private static Outcome run(ProcessBuilder builder, Path home) throws IOException, InterruptedException {
        Path out = Files.createTempFile(home, "out", ".txt");
        Path err = Files.createTempFile(home, "err", ".txt");
        Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        if (!process.waitFor(5, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IOException("still running after 5 minutes: " + builder.command() + "\n" + Files.readString(err));
        }
        return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
    }
}
