// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provider.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.provision.CloudProvider;
import io.shadowweaver.api.provision.RefusedException;
import io.shadowweaver.tck.WrittenExchanges;

/** What goes wrong becomes one sentence without a secret; a refusal only where nothing was made for certain. */
class FailuresWrittenExchangesTest {
	/** EC2 and STS repeat what they signed, and so may repeat a session token. */
	private static final String MESSAGE = "The Canonical String should have been 'POST x-amz-security-token:" + Amazon.SESSION + "'";

	@ParameterizedTest
	@CsvSource({ "400,VcpuLimitExceeded,the vCPU quota is used up", "400,InstanceLimitExceeded,the quota of instances is used up",
			"500,InsufficientInstanceCapacity,there is no room for this type in the zone now", "400,InvalidAMIID.NotFound,the image is not there",
			"400,InvalidInstanceType,the instance type is not there", "400,Unsupported,the instance type cannot be had there",
			"401,AuthFailure,the credentials are wrong", "403,SignatureDoesNotMatch,'the secret access key is wrong, or the clock of this machine is off'",
			"403,InvalidClientTokenId,the access key is not known", "403,ExpiredToken,the session token has expired",
			"400,RequestExpired,the clock of this machine is off", "403,RequestTimeTooSkewed,the clock of this machine is off",
			"403,UnauthorizedOperation,the credentials have no permission for it" })
	void aRefusalIsCertain(String status, String code, String reason) throws Exception {
		try (WrittenExchanges exchanges = Amazon.exchanges(); CloudProvider provider = Amazon.open(exchanges, Map.of("session-token", Amazon.SESSION))) {
			exchanges.value("status", status).value("code", code).value("message", MESSAGE).once("error-of-run-instances");
			PluginException refused = assertThrows(RefusedException.class, () -> provider.create(Amazon.wish()));
			assertEquals("Amazon EC2 in eu-central-1 refused to make 'web-7': " + reason + " (" + code + ").", refused.getMessage());
			assertFalse(trace(refused).contains(Amazon.SESSION), "a secret in what would be logged");
		}
	}

	@ParameterizedTest
	@CsvSource({ "500,InternalError", "503,Unavailable", "503,RequestLimitExceeded", "500,InternalFailure" })
	void anErrorOfTheServiceIsNotCertain(String status, String code) throws Exception {
		try (WrittenExchanges exchanges = Amazon.exchanges(); CloudProvider provider = Amazon.open(exchanges)) {
			exchanges.value("status", status).value("code", code).value("message", "An internal error has occurred").once("error-of-run-instances");
			PluginException open = assertThrows(PluginException.class, () -> provider.create(Amazon.wish()));
			assertFalse(open instanceof RefusedException, "not certain: " + open);
			assertTrue(open.getMessage().startsWith("Amazon EC2 in eu-central-1 could not make 'web-7': "), open.getMessage());
			assertTrue(open.getMessage().endsWith("(" + code + ")."), open.getMessage());
			assertEquals(1, exchanges.played().size(), "not tried again by itself");
		}
	}

	@Test
	void wrongCredentialsFailTheAccountWhereNothingWasToBeChanged() throws Exception {
		try (WrittenExchanges exchanges = Amazon.exchanges(); CloudProvider provider = Amazon.open(exchanges)) {
			exchanges.value("status", "401").value("code", "AuthFailure").value("message", "AWS was not able to validate the provided access credentials")
					.always("error");
			PluginException failed = assertThrows(PluginException.class, provider::list);
			assertFalse(failed instanceof RefusedException, "the account is broken, nothing was refused");
			assertEquals("Amazon EC2 in eu-central-1 refused to list instances: the credentials are wrong (AuthFailure).", failed.getMessage());
			assertThrows(PluginException.class, provider::offers);
			assertThrows(PluginException.class, provider::discover);
		}
	}

	@Test
	void whatIsNotFromAwsIsNotCertain() throws Exception {
		try (WrittenExchanges exchanges = Amazon.exchanges(); CloudProvider provider = Amazon.open(exchanges)) {
			for (String strange : new String[] { "run-instances-html", "run-instances-not-xml", "run-instances-no-instance" }) {
				exchanges.once(strange);
				PluginException open = assertThrows(PluginException.class, () -> provider.create(Amazon.wish()));
				assertFalse(open instanceof RefusedException, "certain after " + strange);
				assertTrue(open.getMessage().startsWith("Amazon EC2 in eu-central-1 could not make 'web-7': "), open.getMessage());
				assertFalse(open.getMessage().contains("<"), "what came stands in the sentence: " + open.getMessage());
			}
		}
	}

	@Test
	void nobodyListensAndTheSentenceSaysSo() throws Exception {
		WrittenExchanges closed = Amazon.exchanges();
		try (CloudProvider provider = Amazon.open(closed)) {
			closed.close();
			assertEquals("Amazon EC2 in eu-central-1 could not list instances: the connection failed or was lost.",
					assertThrows(PluginException.class, provider::list).getMessage());
		}
	}

	@Test
	void aWishThatCannotBeSentIsRefused() throws Exception {
		try (WrittenExchanges exchanges = Amazon.exchanges(); CloudProvider provider = Amazon.open(exchanges)) {
			assertInstanceOf(RefusedException.class, assertThrows(PluginException.class, () -> provider.create(Amazon.wish("x".repeat(65), "m7i.large", ""))));
			assertEquals(0, exchanges.played().size());
		}
	}

	private static String trace(Throwable e) {
		StringWriter text = new StringWriter();
		e.printStackTrace(new PrintWriter(text));
		return text.toString();
	}
}
