// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.shadowweaver.api.plugin.Parameter;
import io.shadowweaver.api.plugin.ParameterType;
import io.shadowweaver.api.plugin.PluginException;

class SecretsTest {
	private static final String PLANTED = "s3cr3t-PLANTED-\\ü\"x";
	private static final List<Parameter> DECLARED = List.of(new Parameter("url", "Address", ParameterType.URL, "", "", true, false, ""),
			new Parameter("password", "Password", ParameterType.STRING, "", "", true, true, ""));

	@TempDir
	Path directory;

	private Secrets over(Map<String, String> environment) {
		return new Secrets(new SecretFile(directory, environment));
	}

	private Path file() {
		return directory.resolve("secrets.json");
	}

	private Path write(String text, String permissions) throws IOException {
		Files.writeString(file(), text);
		return Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString(permissions));
	}

	@Test
	void aSecretIsSplitOffKeptForItsOwnerAloneAndFilledInAgain() throws Exception {
		Map<String, String> open = over(Map.of()).keep("fleet", "cloud", DECLARED, Map.of("url", "http://a", "password", PLANTED));
		assertEquals(Map.of("url", "http://a"), open);
		assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
		assertEquals(PLANTED, over(Map.of()).fill("fleet", "cloud", DECLARED, open).get("password"));
		over(Map.of()).keep("fleet", "cloud", DECLARED, Map.of("url", "http://b", "password", " "));
		assertEquals(PLANTED, over(Map.of()).fill("fleet", "cloud", DECLARED, open).get("password"), "left blank in a form it stays as it was");
		over(Map.of()).keep("fleet", "other", DECLARED, Map.of("password", "another-secret"));
		over(Map.of()).forget("fleet");
		assertFalse(Files.readString(file()).contains("PLANTED"), "forgotten with its estate");
	}

	@Test
	void theEnvironmentComesBeforeTheFile() throws Exception {
		over(Map.of()).keep("my-fleet", "cloud.1", DECLARED, Map.of("password", "in the file"));
		assertEquals("SHADOWWEAVER_SECRET__MY_FLEET__CLOUD_1__PASSWORD", SecretFile.variable("my-fleet", "cloud.1", "password"));
		Secrets secrets = over(Map.of("SHADOWWEAVER_SECRET__MY_FLEET__CLOUD_1__PASSWORD", PLANTED));
		assertEquals(PLANTED, secrets.fill("my-fleet", "cloud.1", DECLARED, Map.of("url", "http://a")).get("password"));
	}

	@Test
	void aFileOfAnotherPlaceIsNamedByTheEnvironment() throws Exception {
		Path other = directory.resolve("else").resolve("keys.json");
		Secrets secrets = over(Map.of(SecretFile.FILE_VARIABLE, other.toString()));
		secrets.keep("fleet", "cloud", DECLARED, Map.of("password", PLANTED));
		assertTrue(Files.exists(other) && !Files.exists(file()));
	}

	@Test
	void aFileThatOthersMayReadIsRefusedWithASentence() throws Exception {
		for (String wide : List.of("rw-r-----", "rw----r--", "rw-rw-rw-", "rwx------")) {
			write("{\"fleet\": {\"cloud\": {\"password\": \"planted-secret\"}}}", wide);
			PluginException refused = assertThrows(PluginException.class, () -> over(Map.of()).fill("fleet", "cloud", DECLARED, Map.of("url", "http://a")));
			assertTrue(refused.getMessage().contains(file() + "") && refused.getMessage().contains(wide) && refused.getMessage().contains("chmod 600"), refused.getMessage());
			assertFalse(told(refused).contains("planted-secret"));
		}
		write("{\"fleet\": {\"cloud\": {\"password\": \"planted-secret\"}}}", "r--------");
		assertEquals("planted-secret", over(Map.of()).fill("fleet", "cloud", DECLARED, Map.of("url", "http://a")).get("password"));
	}

	@Test
	void aBrokenFileIsToldByItsPlaceAndNotByItsContent() throws Exception {
		for (String broken : List.of("{\"fleet\": planted-secret}", "planted-secret", "{\"fleet\": {\"cloud\": \"planted-secret", "[\"planted-secret\"]")) {
			write(broken, "rw-------");
			PluginException refused = assertThrows(PluginException.class, () -> over(Map.of()).fill("fleet", "cloud", DECLARED, Map.of("url", "http://a")));
			assertTrue(refused.getMessage().contains(file().toString()), refused.getMessage());
			assertFalse(told(refused).contains("planted"), told(refused));
		}
	}

	@Test
	void aMissingSecretSaysWhereItGoes() {
		PluginException missing = assertThrows(PluginException.class, () -> over(Map.of()).fill("fleet", "cloud", DECLARED, Map.of("url", "http://a")));
		assertTrue(missing.getMessage().contains("SHADOWWEAVER_SECRET__FLEET__CLOUD__PASSWORD") && missing.getMessage().contains("0600"), missing.getMessage());
	}

	@Test
	void noSecretStandsInWhatIsToldOfAFailure() throws Exception {
		Secrets secrets = over(Map.of());
		Exception harmless = new IOException("refused");
		assertSame(harmless, secrets.mask(harmless));
		secrets.keep("fleet", "cloud", DECLARED, Map.of("password", PLANTED));
		assertEquals("POST http://a: *** is wrong", secrets.mask("POST http://a: " + PLANTED + " is wrong"));
		Exception cause = new IOException("Authorization: " + PLANTED);
		cause.addSuppressed(new IllegalStateException(PLANTED));
		Exception whole = new IllegalStateException("listing failed", cause);
		cause.initCause(whole);
		Throwable masked = secrets.mask(whole);
		assertFalse(told(masked).contains("PLANTED"), told(masked));
		assertTrue(told(masked).contains("java.io.IOException: Authorization: ***"), told(masked));
		assertEquals(List.of(whole.getStackTrace()), List.of(masked.getStackTrace()));
		assertSame(harmless, secrets.mask(harmless));
		assertNull(secrets.mask((Throwable) null));
	}

	private static String told(Throwable thrown) {
		StringWriter text = new StringWriter();
		thrown.printStackTrace(new PrintWriter(text));
		return text.toString();
	}
}
