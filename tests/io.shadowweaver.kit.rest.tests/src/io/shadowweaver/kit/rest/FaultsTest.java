// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.kit.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.time.InstantSource;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.shadowweaver.api.plugin.PluginException;
import io.shadowweaver.api.provision.AccountFault;
import io.shadowweaver.api.provision.RefusedException;

class FaultsTest {
	private static final Faults FAULTS = new Faults("the cloud", text -> text.replace("s3cr3t", "***"), new Skew(InstantSource.system()));

	private static IOException answer(int status, String reason, String said) {
		return new AnswerException(status, "PUT /machines/1", reason, said, Optional.empty());
	}

	@ParameterizedTest
	@CsvSource({ "401, '', '', ACCESS", "403, Forbidden, Not yours, ACCESS", "403, quotaExceeded, '', LIMIT", "403, '', The limit of cores is reached, LIMIT", "404, '', '', MISSING",
			"410, '', '', MISSING", "409, OperationNotAllowed, results in exceeding approved Cores quota, LIMIT", "409, ZonalAllocationFailed, '', LIMIT", "409, SkuNotAvailable, '', MISSING",
			"400, invalid, The referenced resource does not exist., MISSING", "400, invalid, The name exceeds 63 characters, OTHER", "409, Conflict, '', OTHER", "429, '', '', DOWN", "500, '', '', DOWN",
			"-1, '', '', ANSWER" })
	void anAnswerIsOfItsKind(int status, String reason, String said, AccountFault kind) {
		assertEquals(kind, Faults.kind(answer(status, reason, said)));
	}

	@Test
	void aQuestionThatFailsIsNeverARefusal() {
		PluginException failed = assertThrows(PluginException.class, () -> FAULTS.ask("The machines cannot be listed", () -> {
			throw answer(403, "", "s3cr3t is not allowed");
		}));
		assertFalse(failed instanceof RefusedException);
		assertEquals(AccountFault.ACCESS, AccountFault.of(failed));
		assertTrue(failed.getMessage().startsWith("The machines cannot be listed at the cloud: ") && failed.getMessage().contains("'*** is not allowed'"), failed.getMessage());
	}

	@Test
	void aChangeThatIsDeclinedIsARefusalAndOneWithoutAnAnswerIsNot() {
		assertThrows(RefusedException.class, () -> FAULTS.change("It cannot be removed", () -> {
			throw answer(409, "", "");
		}));
		PluginException open = assertThrows(PluginException.class, () -> FAULTS.make("It cannot be made", () -> {
			throw new ConnectException("refused");
		}));
		assertFalse(open instanceof RefusedException);
		assertEquals(AccountFault.DOWN, AccountFault.of(open));
		assertTrue(open.getMessage().endsWith("Whether it was done is not known."), open.getMessage());
	}

	@Test
	void whatGoesWellIsHandedThroughAndSoIsWhatTheCallItselfRefuses() throws Exception {
		assertEquals(7, FAULTS.ask("x", () -> 7));
		assertEquals("made", FAULTS.make("x", () -> "made"));
		RefusedException own = new RefusedException(AccountFault.MISSING, "There is none.");
		assertSame(own, assertThrows(RefusedException.class, () -> FAULTS.change("x", () -> {
			throw own;
		})));
	}
}
