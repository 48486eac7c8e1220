// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerAddressTest {
	@ParameterizedTest
	@CsvSource({ "weave.example.com,https://weave.example.com/,weave.example.com", "https://weave.example.com:8443,https://weave.example.com:8443/,weave.example.com:8443",
			"' https://10.0.0.1/weave ',https://10.0.0.1/weave/,10.0.0.1", "http://127.0.0.1:8080,http://127.0.0.1:8080/,127.0.0.1:8080", "http://[::1]:8080,http://[::1]:8080/,[::1]:8080" })
	void whatAPersonTypesIsAnAddress(String typed, String uri, String name) {
		ServerAddress address = ServerAddress.parse(typed, "", "");
		assertEquals(uri, address.uri().toString());
		assertEquals(name, address.name());
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "http://weave.example.com", "http://127.evil.example.com", "ftp://127.0.0.1", "https://", "https://key@host", "https://host/?key=1", "a b", "https://host/#x" })
	void whatIsNoneOrWouldGiveTheKeyAwayIsRefusedWithASentence(String typed) {
		assertTrue(assertThrows(IllegalArgumentException.class, () -> ServerAddress.parse(typed, "", "")).getMessage().endsWith("."));
	}

	@Test
	void aFingerprintIsReadAsToolsPrintIt() {
		String pair = "AB:";
		assertEquals(Optional.of("ab".repeat(32)), ServerAddress.parse("host", "", (pair.repeat(32)).substring(0, 95)).fingerprint());
		assertThrows(IllegalArgumentException.class, () -> ServerAddress.parse("host", "", "ab".repeat(20)));
		assertThrows(IllegalArgumentException.class, () -> ServerAddress.parse("host", "", "xy".repeat(32)));
	}

	@Test
	void twoWaysToTrustAreOneTooMany() {
		assertThrows(IllegalArgumentException.class, () -> ServerAddress.parse("host", "/ca.pem", "ab".repeat(32)));
	}
}
