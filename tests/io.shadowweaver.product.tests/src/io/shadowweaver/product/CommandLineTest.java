// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code weave} in the product: no display, a clean standard output, exit codes that a script can rely on. */
class CommandLineTest {

    private static final String EXAMPLE = "io.shadowweaver.example.feature.feature.group";
    private static final String WEKA = "io.shadowweaver.weka.feature.feature.group";

    private final Product product = Product.built();

    @TempDir
    Path home;

    @Test
    void helpGoesToStandardOutputAlone() throws IOException, InterruptedException {
        Product.Outcome outcome = product.weave(home, "--help");
        assertEquals(0, outcome.code(), outcome.err());
        assertTrue(outcome.out().startsWith("Usage: weave"), outcome.out());
        assertEquals("", outcome.err());
    }

    @Test
    void wrongInputIsOneSentenceWithFileAndLineAndCodeTwo() throws IOException, InterruptedException {
        Path file = home.resolve("broken.csv");
        Files.writeString(file, "time,web-1/cpu[%]\n2026-01-01T00:00:00Z,10\n2026-01-01T00:01:00Z,ten\n");
        Product.Outcome outcome = product.weave(home, "forecast", file.toString(), "--horizon", "3");
        assertEquals(2, outcome.code(), outcome.out() + outcome.err());
        assertEquals("", outcome.out());
        assertTrue(outcome.err().contains("broken.csv") && outcome.err().contains("3"), outcome.err());
        assertEquals(1, outcome.err().lines().count(), outcome.err());
    }

    @Test
    void aForecastIsARowAStepWithTheQuantilesThatWereAskedFor() throws IOException, InterruptedException {
        Path file = daily(home.resolve("web.csv"));
        Product.Outcome outcome = product.weave(home, "forecast", file.toString(), "--horizon", "4", "--model",
                "seasonal-naive", "--quantiles", ".1,.5,.95");
        assertEquals(0, outcome.code(), outcome.err());
        List<String> lines = outcome.out().lines().toList();
        assertEquals("time,series,model,q0.1,q0.5,q0.95", lines.getFirst());
        assertEquals(5, lines.size(), outcome.out());
        assertTrue(lines.get(1).startsWith("2026-01-15T00:00:00Z,"), lines.get(1));
        for (String line : lines.subList(1, 5)) {
            String[] cells = line.split(",");
            assertTrue(Double.parseDouble(cells[3]) <= Double.parseDouble(cells[4])
                    && Double.parseDouble(cells[4]) <= Double.parseDouble(cells[5]), line);
        }
    }

    @Test
    void aVendorsModelAndWekaForecastOnceTheyAreInstalled() throws IOException, InterruptedException {
        Path file = daily(home.resolve("web.csv"));
        String[] forecast = {"forecast", file.toString(), "--horizon", "2", "--model", "example.median"};
        Product copy = product.copyTo(home.resolve("product"));
        assertNotEquals(0, copy.weave(home, forecast).code(), "the example is in the product");

        Product.Outcome installed = copy.director(home, "-repository", Product.updateSite().toUri().toString(),
                "-installIU", EXAMPLE + "," + WEKA, "-destination", copy.folder().toString(), "-profile", "DefaultProfile");
        assertEquals(0, installed.code(), installed.out() + installed.err());

        Product.Outcome outcome = copy.weave(home, forecast);
        assertEquals(0, outcome.code(), outcome.err());
        List<String> lines = outcome.out().lines().toList();
        assertEquals(3, lines.size(), outcome.out());
        assertTrue(lines.get(1).split(",")[2].contains("example.median"), lines.get(1));
        assertTrue(copy.weave(home, "plugins").out().contains("example.median"));

        Product.Outcome weka = copy.weave(home, "forecast", file.toString(), "--horizon", "2", "--model", "weka");
        assertEquals(0, weka.code(), weka.err());
        assertEquals("weka", weka.out().lines().toList().get(1).split(",")[2], weka.out());
    }

    @Test
    void providersOfCloudsComeFromTheUpdateSite() throws IOException, InterruptedException {
        List<String> clouds = List.of("openstack", "docker", "byon", "aws", "azure", "gcp");
        Product copy = product.copyTo(home.resolve("product"));
        String before = copy.weave(home, "plugins").out();
        assertTrue(before.contains("cloudProviders  simulated"), before);
        clouds.forEach(cloud -> assertFalse(before.contains("cloudProviders  " + cloud), cloud + " is in the product"));

        Product.Outcome installed = copy.director(home, "-repository", Product.updateSite().toUri().toString(), "-installIU",
                clouds.stream().map(cloud -> "io.shadowweaver.provider." + cloud + ".feature.feature.group").collect(Collectors.joining(",")),
                "-destination", copy.folder().toString(), "-profile", "DefaultProfile");
        assertEquals(0, installed.code(), installed.out() + installed.err());

        String after = copy.weave(home, "plugins", "--load").out();
        clouds.forEach(cloud -> assertTrue(after.matches("(?s).*cloudProviders +" + cloud + " +OK .*"), cloud + " is not loaded:\n" + after));
        // nobody listens there: the client libraries are loaded, tried, and say so in a sentence
        Product.Outcome nobody = copy.weave(home, "connect", "provider", "docker", "--set", "endpoint=http://127.0.0.1:1");
        assertEquals(1, nobody.code(), nobody.out() + nobody.err());
        assertTrue(nobody.err().contains("127.0.0.1:1") && nobody.err().lines().count() == 1, nobody.err());
    }

    @Test
    void servesUntilATerminationSignal() throws IOException, InterruptedException {
        ProcessBuilder builder = product.command("weave", List.of("serve", "--estate", "simulated", "--speed", "600"));
        builder.environment().keySet().removeAll(List.of("DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY"));
        builder.environment().put("HOME", home.toString());
        Path err = home.resolve("err.txt");
        Process process = builder.redirectError(err.toFile()).start();
        try (BufferedReader out = process.inputReader()) {
            String line = CompletableFuture.supplyAsync(() -> {
                try {
                    return out.readLine();
                } catch (IOException e) {
                    return null;
                }
            }).completeOnTimeout(null, 3, TimeUnit.MINUTES).join();
            assertTrue(line != null && !line.isBlank(), () -> "no line of state: " + read(err));
            process.destroy();
            assertTrue(process.waitFor(60, TimeUnit.SECONDS), "still running a minute after the signal");
            assertTrue(List.of(0, 143).contains(process.exitValue()), () -> process.exitValue() + read(err));
        } finally {
            process.destroyForcibly();
        }
    }

    /** Two weeks of a daily pattern at five minutes. */
    private static Path daily(Path file) throws IOException {
        StringBuilder text = new StringBuilder("time,web-1/cpu[%]\n");
        Instant start = Instant.parse("2026-01-01T00:00:00Z");
        for (int i = 0; i < 14 * 288; i++) {
            text.append(start.plus(Duration.ofMinutes(5L * i))).append(',').append(
                    String.format(Locale.ROOT, "%.3f", 40 + 20 * Math.sin(2 * Math.PI * i / 288) + i * 7919L % 13 / 13.0))
                    .append('\n');
        }
        return Files.writeString(file, text);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
