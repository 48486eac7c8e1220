// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.security;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;

import org.eclipse.jetty.util.ssl.SslContextFactory;

/** Reads keys and certificates. */
public final class TlsFiles {
	private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
	private static final String END = "-----END PRIVATE KEY-----";
	private static final String IN_WORDS = "one pair";
	private static final char[] IN_MEMORY = "memory".toCharArray();

	private TlsFiles() {
	}

	/**
	 * What Jetty needs for TLS.
	 *
	 * @throws IOException names the file that is wrong
	 */
	public static SslContextFactory.Server context(TlsSettings settings) throws IOException {
		SslContextFactory.Server context = new SslContextFactory.Server();
		read(settings, context);
		return context;
	}

	/**
	 * Reads the files into what Jetty has.
	 *
	 * @throws IOException names the file that is wrong; what was read before may be changed in part then
	 */
	static void read(TlsSettings settings, SslContextFactory.Server context) throws IOException {
		context.setIncludeProtocols("TLSv1.3", "TLSv1.2");
		context.setRenegotiationAllowed(false);
		try {
			if (settings.keystore().isPresent()) {
				char[] password = Files.readAllLines(settings.passwordFile().orElseThrow()).stream().findFirst().orElse("").toCharArray();
				context.setKeyStore(pkcs12(settings.keystore().get(), password));
				context.setKeyStorePassword(new String(password));
			} else {
				context.setKeyStore(pem(settings.certificate().orElseThrow(), settings.key().orElseThrow()));
				context.setKeyStorePassword(new String(IN_MEMORY));
			}
			if (settings.clientCa().isPresent()) {
				KeyStore trusted = empty();
				int number = 0;
				for (Certificate certificate : certificates(settings.clientCa().get())) {
					trusted.setCertificateEntry("ca" + number++, certificate);
				}
				context.setTrustStore(trusted);
				context.setWantClientAuth(true);
			}
		} catch (GeneralSecurityException e) {
			throw new IOException("TLS cannot be set up: " + e.getMessage(), e);
		}
	}

	private static KeyStore empty() throws IOException, GeneralSecurityException {
		KeyStore store = KeyStore.getInstance("PKCS12");
		store.load(null, null);
		return store;
	}

	private static KeyStore pkcs12(Path file, char[] password) throws IOException, GeneralSecurityException {
		KeyStore store = KeyStore.getInstance("PKCS12");
		try (InputStream in = Files.newInputStream(file)) {
			store.load(in, password);
		} catch (IOException e) {
			throw new IOException(file + " cannot be read as PKCS12: " + e.getMessage(), e);
		}
		return store;
	}

	private static KeyStore pem(Path certificate, Path key) throws IOException, GeneralSecurityException {
		Certificate[] chain = certificates(certificate).toArray(Certificate[]::new);
		PrivateKey own = key(key, chain[0].getPublicKey().getAlgorithm());
		if (!fits(own, chain[0].getPublicKey())) {
			throw new IOException(key + " is the key of another certificate than " + certificate);
		}
		KeyStore store = empty();
		store.setKeyEntry("server", own, IN_MEMORY, chain);
		return store;
	}

	/** Whether what the one signs is proved by the other; a key store takes any two. */
	private static boolean fits(PrivateKey own, PublicKey known) throws GeneralSecurityException {
		String algorithm = switch (own.getAlgorithm()) {
		case "EC" -> "SHA256withECDSA";
		case "RSA" -> "SHA256withRSA";
		default -> own.getAlgorithm();
		};
		byte[] text = IN_WORDS.getBytes(StandardCharsets.US_ASCII);
		Signature signature = Signature.getInstance(algorithm);
		signature.initSign(own);
		signature.update(text);
		byte[] signed = signature.sign();
		signature.initVerify(known);
		signature.update(text);
		return signature.verify(signed);
	}

	private static Collection<? extends Certificate> certificates(Path file) throws IOException {
		try (InputStream in = Files.newInputStream(file)) {
			Collection<? extends Certificate> all = CertificateFactory.getInstance("X.509").generateCertificates(in);
			if (all.isEmpty()) {
				throw new IOException(file + " holds no certificate");
			}
			return List.copyOf(all);
		} catch (GeneralSecurityException e) {
			throw new IOException(file + " holds no certificate in PEM: " + e.getMessage(), e);
		}
	}

	private static PrivateKey key(Path file, String algorithm) throws IOException {
		String text = Files.readString(file, StandardCharsets.US_ASCII);
		int from = text.indexOf(BEGIN);
		int to = text.indexOf(END);
		if (from < 0 || to < from) {
			throw new IOException(file + " holds no key in PKCS8 that is not encrypted; 'openssl pkcs8 -topk8 -nocrypt' makes one");
		}
		try {
			return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(text.substring(from + BEGIN.length(), to))));
		} catch (GeneralSecurityException | IllegalArgumentException e) {
			// the cause may quote the key
			throw new IOException(file + " holds no key that fits the certificate");
		}
	}
}
