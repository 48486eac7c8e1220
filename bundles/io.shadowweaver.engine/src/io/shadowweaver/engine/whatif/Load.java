// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine.whatif;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What scenarios do to the traffic of one subject: terms in their order.
 *
 * @param terms each works on what those before it left
 */
record Load(List<Term> terms) {
	/** Nothing is changed. */
	static final Load SAME = new Load(List.of());
	private static final double MONTH = Duration.ofDays(30).toMillis();

	/** One change of traffic. */
	sealed interface Term {
		/**
		 * @param requests before, a second; {@code NaN} where they are not known
		 * @param time     when
		 * @return what it is multiplied by; {@code NaN} where requests are added and not known
		 */
		double factor(double requests, Instant time);

		/** The same for a part of the whole. */
		Term share(double part);
	}

	/** A factor and an addition, shaped over time. */
	record Part(double factor, double add, Instant from, Change.Shape shape, Duration span) implements Term {
		@Override
		public double factor(double requests, Instant time) {
			double weight = weight(time);
			if (weight == 0) {
				return 1;
			}
			double more = add == 0 ? 0 : add / requests;
			return requests > 0 || add == 0 ? 1 + weight * (factor - 1 + more) : Double.NaN;
		}

		private double weight(Instant time) {
			if (time.isBefore(from)) {
				return 0;
			}
			return switch (shape) {
			case STEP -> 1;
			case RAMP -> Math.min(1, (double) Duration.between(from, time).toMillis() / span.toMillis());
			case SPIKE -> time.isBefore(from.plus(span)) ? 1 : 0;
			};
		}

		@Override
		public Term share(double part) {
			return new Part(1 + part * (factor - 1), add, from, shape, span);
		}
	}

	/** Compound growth by the month. */
	record Grown(Instant from, double perMonth) implements Term {
		@Override
		public double factor(double requests, Instant time) {
			return Math.pow(1 + perMonth, Math.max(0, Duration.between(from, time).toMillis()) / MONTH);
		}

		@Override
		public Term share(double part) {
			return new Grown(from, perMonth * part);
		}
	}

	Load {
		terms = List.copyOf(terms);
	}

	Load with(Term term) {
		List<Term> more = new ArrayList<>(terms);
		more.add(term);
		return new Load(more);
	}

	boolean isSame() {
		return terms.isEmpty();
	}

	double factor(double requests, Instant time) {
		double factor = 1;
		for (Term term : terms) {
			factor *= term.factor(requests * factor, time);
		}
		return factor;
	}
}
