// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HexFormat;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** By what a server is believed to be the one that is meant. */
final class Trust {
	private Trust() {
	}

	/**
	 * TLS as an address wants it.
	 *
	 * @throws ApiException naming the file that cannot be read
	 */
	static SSLContext context(ServerAddress address) throws ApiException {
		try {
			SSLContext context = SSLContext.getInstance("TLS");
			context.init(null, managers(address), null);
			return context;
		} catch (GeneralSecurityException e) {
			throw new ApiException("TLS cannot be set up: " + e.getMessage(), e);
		}
	}

	/** Those of this Java where nothing else is said. */
	private static TrustManager[] managers(ServerAddress address) throws GeneralSecurityException, ApiException {
		if (address.fingerprint().isPresent()) {
			return new TrustManager[] { new Pinned(address.fingerprint().get()) };
		}
		if (address.authority().isEmpty()) {
			return null;
		}
		Path file = address.authority().get();
		KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
		try (InputStream in = Files.newInputStream(file)) {
			store.load(null, null);
			Collection<? extends Certificate> all = CertificateFactory.getInstance("X.509").generateCertificates(in);
			int number = 0;
			for (Certificate one : all) {
				store.setCertificateEntry("authority-" + number++, one);
			}
			if (all.isEmpty()) {
				throw new CertificateException("there is no certificate in it");
			}
		} catch (IOException | CertificateException e) {
			throw new ApiException("The certificates in " + file + " cannot be read: " + (e instanceof CertificateException ? e.getMessage() : e.toString()), e);
		}
		TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		factory.init(store);
		return factory.getTrustManagers();
	}

	/** SHA-256 of a certificate in small hex digits. */
	static String fingerprint(X509Certificate certificate) throws GeneralSecurityException {
		return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
	}

	/** One certificate, whoever has issued it and whatever names stand in it. */
	private static final class Pinned extends X509ExtendedTrustManager {
		private final String fingerprint;

		Pinned(String fingerprint) {
			this.fingerprint = fingerprint;
		}

		private void check(X509Certificate[] chain) throws CertificateException {
			try {
				String shown = fingerprint(chain[0]);
				if (!shown.equals(fingerprint)) {
					throw new CertificateException("its fingerprint is " + shown + ", not the one that is trusted");
				}
				chain[0].checkValidity();
			} catch (CertificateException e) {
				throw e;
			} catch (GeneralSecurityException e) {
				throw new CertificateException(e);
			}
		}

		@Override
		public void checkServerTrusted(X509Certificate[] chain, String kind) throws CertificateException {
			check(chain);
		}

		@Override
		public void checkServerTrusted(X509Certificate[] chain, String kind, Socket socket) throws CertificateException {
			check(chain);
		}

		@Override
		public void checkServerTrusted(X509Certificate[] chain, String kind, SSLEngine engine) throws CertificateException {
			check(chain);
		}

		@Override
		public void checkClientTrusted(X509Certificate[] chain, String kind) throws CertificateException {
			throw new CertificateException("nobody is served here");
		}

		@Override
		public void checkClientTrusted(X509Certificate[] chain, String kind, Socket socket) throws CertificateException {
			checkClientTrusted(chain, kind);
		}

		@Override
		public void checkClientTrusted(X509Certificate[] chain, String kind, SSLEngine engine) throws CertificateException {
			checkClientTrusted(chain, kind);
		}

		@Override
		public X509Certificate[] getAcceptedIssuers() {
			return new X509Certificate[0];
		}
	}
}
