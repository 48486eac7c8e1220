// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

/** A member that does not fit any more loses its weight live. */
class MemberErrorsTest {
	private static final int[] NODES = { 1, 2 };
	private final Choice choice = new Choice("mean", new int[] { 3, 5 }, new Blend(new int[] { 0, 1 }, new double[] { .5, .5 }, false), Blend.NONE, "", Instant.EPOCH,
			List.of(), 0, new double[0], new double[0], new double[0], 0, 0, List.of(), "", null);

	private static void run(MemberErrors errors, int blocks, double first, double second) {
		for (int block = 0; block < blocks; block++) {
			errors.said(NODES, new double[][] { { first, 0 }, { second, 0 } });
			errors.measured(block % 2);
		}
	}

	@Test
	void aMemberThatRunsAwayLosesItsWeightWithinHours() {
		MemberErrors errors = new MemberErrors(choice.members(), null);
		run(errors, 50, .5, .5);
		double[] alike = errors.weighted(choice).near().weights();
		assertEquals(alike[0], alike[1], 1e-12);
		run(errors, 24, .5, 20);
		double[] after = errors.weighted(choice).near().weights();
		assertTrue(after[1] < after[0] / 50, "weights " + after[0] + " and " + after[1]);
	}

	@Test
	void fewErrorsAndNoneChangeNothing() {
		MemberErrors errors = new MemberErrors(choice.members(), null);
		run(errors, 11, .5, 20);
		assertSame(choice, errors.weighted(choice));
		errors.measured(Double.NaN);
		errors.measured(1e9);
		assertSame(choice, errors.weighted(choice), "without a forecast there is no error");
	}

	@Test
	void whatIsKnownOfAMemberStaysWithItAndIsSaved() throws IOException {
		MemberErrors errors = new MemberErrors(choice.members(), null);
		run(errors, 40, .5, 3);
		MemberErrors swapped = new MemberErrors(new int[] { 5, 3 }, errors);
		double[] weights = errors.weighted(choice).near().weights();
		double[] other = swapped.weighted(choice).near().weights();
		assertArrayEquals(new double[] { weights[1], weights[0] }, other, 1e-12);
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		errors.save(new DataOutputStream(bytes));
		MemberErrors read = MemberErrors.load(2, new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()))).of(choice.members());
		assertArrayEquals(weights, read.weighted(choice).near().weights(), 0);
	}
}
