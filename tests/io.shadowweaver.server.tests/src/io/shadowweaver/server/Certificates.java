// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Certificates that sign themselves, made by keytool. */
final class Certificates {
	static final String PASSWORD = "changeit";

	private Certificates() {
	}

	/** A PKCS12 file with a key and its certificate for 127.0.0.1. */
	static Path make(Path directory, String name) throws Exception {
		Path file = directory.resolve(name + ".p12");
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias", "own", "-keyalg", "EC", "-storetype", "PKCS12", "-keystore",
				file.toString(), "-storepass", PASSWORD, "-dname", "CN=" + name + ",O=Test", "-ext", "SAN=ip:127.0.0.1,dns:localhost", "-ext", "bc:critical=ca:true", "-validity", "2").redirectErrorStream(true).start();
		String said = new String(process.getInputStream().readAllBytes());
		assertTrue(process.waitFor(60, TimeUnit.SECONDS));
		assertEquals(0, process.exitValue(), said);
		return file;
	}

	static KeyStore load(Path file) throws Exception {
		KeyStore store = KeyStore.getInstance("PKCS12");
		try (InputStream in = Files.newInputStream(file)) {
			store.load(in, PASSWORD.toCharArray());
		}
		return store;
	}

	/** The certificate in PEM, beside the PKCS12 file. */
	static Path certificate(Path file) throws Exception {
		return pem(file, ".crt", "CERTIFICATE", load(file).getCertificate("own").getEncoded());
	}

	/** The key in PEM, beside the PKCS12 file. */
	static Path key(Path file) throws Exception {
		return pem(file, ".key", "PRIVATE KEY", load(file).getKey("own", PASSWORD.toCharArray()).getEncoded());
	}

	private static Path pem(Path file, String suffix, String kind, byte[] der) throws Exception {
		return Files.writeString(file.resolveSibling(file.getFileName() + suffix), "-----BEGIN " + kind + "-----\n" + Base64.getMimeEncoder(64, new byte[] { '\n' }).encodeToString(der) + "\n-----END " + kind + "-----\n");
	}

	/** What a client trusts and shows. */
	static SSLContext client(Path trusted, Path own) throws Exception {
		KeyStore trust = KeyStore.getInstance("PKCS12");
		trust.load(null, null);
		trust.setCertificateEntry("server", load(trusted).getCertificate("own"));
		TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		managers.init(trust);
		KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
		keys.init(own == null ? null : load(own), PASSWORD.toCharArray());
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(keys.getKeyManagers(), managers.getTrustManagers(), null);
		return context;
	}
}
