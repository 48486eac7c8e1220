// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;

import org.junit.jupiter.api.Test;

/** The use of {@code weave archive} and {@code weave restore}; what they do is tested in the product. */
class ArchiveCommandTest {
	private final StringWriter out = new StringWriter();
	private final StringWriter err = new StringWriter();

	private int weave(String... arguments) {
		return WeaveCommand.run(arguments, new PrintWriter(out), new PrintWriter(err));
	}

	@Test
	void withoutAnEstateOrAStoreItIsWrongUse() {
		assertEquals(2, weave("archive", "--to", "/backup"));
		assertTrue(err.toString().contains("ESTATE is needed"), err::toString);
		assertEquals(2, weave("restore", "--from", "/backup"));
		assertEquals(2, weave("archive", "prod"));
		assertTrue(err.toString().contains("--to"), err::toString);
		assertEquals(2, weave("restore", "prod"));
		assertTrue(err.toString().contains("--from"), err::toString);
	}

	@Test
	void theHelpHasExamplesAndExitCodes() {
		for (String command : new String[] { "archive", "restore" }) {
			assertEquals(0, weave(command, "--help"));
		}
		assertTrue(out.toString().contains("Exit codes: 0 done") && out.toString().contains("weave archive --list --to /backup"), out::toString);
	}
}
