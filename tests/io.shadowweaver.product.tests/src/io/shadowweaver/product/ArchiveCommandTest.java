// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.product;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code weave archive} and {@code weave restore} in the product, and stores from the update site. */
class ArchiveCommandTest {
    private final Product product = Product.built();

    @TempDir
    Path home;

    @Test
    void anEstateIsArchivedListedAndRestored() throws IOException, InterruptedException {
        String data = home.resolve("data").toString();
        String backup = home.resolve("backup").toString();
        assertEquals(0, product.weave(home, "serve", "--estate", "simulated", "--speed", "600", "--ticks", "3", "--data", data).code());

        Product.Outcome archived = product.weave(home, "archive", "--data", data, "simulated", "--to", backup, "--quiet");
        assertEquals(0, archived.code(), archived.err());
        assertTrue(archived.out().startsWith("archives/simulated/"), archived.out());
        Product.Outcome listed = product.weave(home, "restore", "--from", backup, "--list");
        assertEquals(0, listed.code(), listed.err());
        assertEquals(1, listed.out().lines().filter(line -> line.contains("estate=simulated")).count(), listed.out());

        Path copy = home.resolve("copy");
        Product.Outcome restored = product.weave(home, "restore", copy.toString(), "--of", "simulated", "--from", backup);
        assertEquals(0, restored.code(), restored.err());
        Path journal = Path.of("provisioning", "journal");
        assertArrayEquals(Files.readAllBytes(Path.of(data, "estates", "simulated").resolve(journal)), Files.readAllBytes(copy.resolve(journal)));
        assertTrue(Files.exists(copy.resolve("history").resolve("CURRENT")));

        Product.Outcome again = product.weave(home, "restore", copy.toString(), "--of", "simulated", "--from", backup);
        assertEquals(2, again.code(), again.out());
        assertTrue(again.err().contains("is not empty"), again.err());
        Product.Outcome missing = product.weave(home, "restore", home.resolve("other").toString(), "--from", backup);
        assertEquals(2, missing.code(), missing.out());
        assertTrue(missing.err().contains("holds no archive of the estate other"), missing.err());
        assertFalse(Files.exists(home.resolve("other")));
    }

    @Test
    void storesOfCloudsComeFromTheUpdateSite() throws IOException, InterruptedException {
        Product copy = product.copyTo(home.resolve("product"));
        String before = copy.weave(home, "plugins", "--load").out();
        assertTrue(before.matches("(?s).*blobStores +filesystem +OK .*leases +file +OK .*leases +postgresql +OK .*"), before);
        assertFalse(before.contains("azure-blob"), before);
        Product.Outcome installed = copy.director(home, "-repository", Product.updateSite().toUri().toString(), "-installIU",
                "io.shadowweaver.blob.jclouds.feature.feature.group", "-destination", copy.folder().toString(), "-profile", "DefaultProfile");
        assertEquals(0, installed.code(), installed.out() + installed.err());
        String after = copy.weave(home, "plugins", "--load").out();
        for (String store : new String[] {"s3", "swift", "azure-blob", "gcs", "b2"}) {
            assertTrue(after.matches("(?s).*blobStores +" + store + " +OK .*"), store + " is not loaded:\n" + after);
        }
        Product.Outcome nobody = copy.weave(home, "archive", "--list", "--to", "azure-blob", "--set", "endpoint=http://127.0.0.1:1/account/", "--set", "identity=account", "--set",
                "credential=a2V5", "--set", "container=weave");
        assertEquals(2, nobody.code(), nobody.out());
        assertTrue(nobody.err().contains("cannot be reached"), nobody.err());
    }
}
