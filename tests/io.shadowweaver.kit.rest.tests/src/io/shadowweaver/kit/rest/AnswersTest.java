// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.kit.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is read in an answer that is an error. */
class AnswersTest {
	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "{\"badRequest\":{\"code\":400,\"message\":\"a b\"}}|a b", "{\"NeutronError\":{\"type\":\"X\",\"message\":\"no\",\"detail\":\"\"}}|no",
			"{\"error\":\"invalid\",\"error_description\":\"expired\"}|expired", "{\"cause\":\"disk\",\"message\":\"x\"}|disk", "<html>|''", "{\"message\":7}|''" })
	void theSentenceIsFoundInTheBody(String text, String said) {
		assertEquals(said, Answers.said(text));
	}

	@Test
	void aLongSentenceIsCut() {
		assertTrue(Answers.said("{\"message\":\"" + "x".repeat(1000) + "\"}").length() <= 301);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "{\"error\":{\"code\":403,\"message\":\"m\",\"errors\":[{\"reason\":\"quotaExceeded\"}]}}|quotaExceeded",
			"{\"error\":{\"code\":\"SkuNotAvailable\",\"message\":\"m\"}}|SkuNotAvailable", "{\"error\":\"invalid_grant\"}|invalid_grant", "{\"code\":403}|''", "no JSON|''" })
	void theCodeIsFoundInTheBody(String text, String reason) {
		assertEquals(reason, Answers.reason(text));
	}
}
