// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.architecture;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/** A bundle as it lies in the source tree: what its manifest or {@code pde.bnd} says, and its files. */
record BundleFolder(Path folder, String name, Path declaration, String requires, String imports, String exports) {

    static List<BundleFolder> under(Path bundles) throws IOException {
        List<BundleFolder> found = new ArrayList<>();
        try (Stream<Path> folders = Files.list(bundles)) {
            for (Path folder : folders.filter(Files::isDirectory).sorted().toList()) {
                Path manifest = folder.resolve("META-INF/MANIFEST.MF");
                Path bnd = folder.resolve("pde.bnd");
                if (Files.exists(manifest)) {
                    found.add(ofManifest(folder, manifest));
                } else if (Files.exists(bnd)) {
                    found.add(ofBnd(folder, bnd));
                }
            }
        }
        return found;
    }

    private static BundleFolder ofManifest(Path folder, Path file) throws IOException {
        try (InputStream stream = Files.newInputStream(file)) {
            var headers = new Manifest(stream).getMainAttributes();
            return new BundleFolder(folder, symbolicName(headers.getValue("Bundle-SymbolicName"), file), file,
                    join(headers.getValue("Require-Bundle"), headers.getValue("Fragment-Host")),
                    join(headers.getValue("Import-Package")), join(headers.getValue("Export-Package")));
        }
    }

    private static BundleFolder ofBnd(Path folder, Path file) throws IOException {
        Properties headers = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            headers.load(reader);
        }
        return new BundleFolder(folder, symbolicName(headers.getProperty("Bundle-SymbolicName"), file), file,
                join(headers.getProperty("-buildpath"), headers.getProperty("Require-Bundle"),
                        headers.getProperty("Fragment-Host")),
                join(headers.getProperty("Import-Package")), join(headers.getProperty("Export-Package")));
    }

    private static String symbolicName(String header, Path file) {
        if (header == null) {
            throw new IllegalStateException(file + " has no Bundle-SymbolicName");
        }
        return header.split(";")[0].trim();
    }

    private static String join(String... headers) {
        return String.join(",", Stream.of(headers).filter(header -> header != null && !header.isBlank()).toList());
    }

    /** The names of a header's clauses, without attributes and directives. */
    static Set<String> names(String header) {
        Set<String> names = new LinkedHashSet<>();
        for (String clause : clauses(header)) {
            names.add(clause.split(";")[0].trim());
        }
        return names;
    }

    /** The clauses of a header: it is split at commas outside quotes. */
    static List<String> clauses(String header) {
        List<String> clauses = new ArrayList<>();
        for (String clause : header.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)")) {
            if (!clause.isBlank()) {
                clauses.add(clause.trim());
            }
        }
        return clauses;
    }

    List<Path> files(String suffix) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).filter(file -> file.toString().endsWith(suffix))
                    .filter(file -> !folder.relativize(file).startsWith("target")
                            && !folder.relativize(file).startsWith("bin"))
                    .sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The packages that have a Java file here. */
    Set<String> packages() {
        Set<String> packages = new LinkedHashSet<>();
        for (Path file : files(".java")) {
            SourceFile.packageOf(SourceFile.read(file).code()).ifPresent(packages::add);
        }
        return packages;
    }
}
