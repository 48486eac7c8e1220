// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.provisioning.cost;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import io.shadowweaver.api.provision.GuardOutcome;

/**
 * Whether what a plan adds is within the money. What was spent in the clock hour, day or month so far, and what all our machines and the
 * new ones cost while the plan holds, must be within the cap; where the plan reaches into the next period, its part there too. What nobody
 * can price is no bargain: with a cap it is refused. Pure.
 */
public final class Budget {
	private static final String NAME = "budget";
	private static final double ROUNDING = 1e-9;

	/**
	 * What a plan adds.
	 *
	 * @param machines how many; 0 for a plan that makes nothing
	 * @param perHour  what they cost an hour; {@code NaN} where a price is not known
	 * @param currency of that
	 * @param hold     how long they are needed
	 */
	public record Addition(int machines, double perHour, String currency, Duration hold) {
	}

	/** One cap and what counts against it. */
	private record Line(String period, double cap, double spent, double hours) {
		double left(double rate) {
			return hours > 0 ? (cap - spent) / hours - rate : Double.POSITIVE_INFINITY;
		}
	}

	private Budget() {
	}

	/**
	 * The guard.
	 *
	 * @param charges  all machines of ours in this month and their prices
	 * @param addition what is to be added
	 * @param settings the caps
	 * @param now      the estate's time
	 */
	public static GuardOutcome check(Collection<Charge> charges, Addition addition, CostSettings settings, Instant now) {
		if (!settings.isCapped()) {
			return new GuardOutcome(NAME, true, "There is no budget.");
		}
		if (addition.machines() == 0) {
			return new GuardOutcome(NAME, true, "It makes nothing.");
		}
		double added = settings.convert(addition.perHour(), addition.currency());
		double running = running(charges, settings, now);
		if (Double.isNaN(added) || Double.isNaN(running)) {
			boolean known = !Double.isNaN(addition.perHour()) && charges.stream().filter(charge -> charge.runs(now)).allMatch(charge -> charge.price().isKnown());
			return new GuardOutcome(NAME, false, known ? "The budget is in " + settings.currency() + ", and there is no rate for the currency of a price."
					: "A price is not known, so nobody can say whether it is within the budget of " + caps(settings) + ".");
		}
		double rate = running + added;
		String last = "";
		for (Line line : lines(charges, settings, now, addition.hold())) {
			double sum = line.spent() + rate * line.hours();
			last = String.format(Locale.ROOT, "%s: spent %.3f + (ours %.3f + new %.3f) an hour × %.2f h = %.3f of %.3f %s", line.period(), line.spent(), running,
					added, line.hours(), sum, line.cap(), settings.currency());
			if (sum > line.cap() * (1 + ROUNDING)) {
				return new GuardOutcome(NAME, false, "Over the budget of " + last + ".");
			}
		}
		return new GuardOutcome(NAME, true, "Within " + caps(settings) + "; " + last + ".");
	}

	/**
	 * How much more an hour may be spent on machines that are needed for a while.
	 *
	 * @return in the currency of the settings, at least 0; positive infinity without a cap, 0 where a running machine cannot be priced
	 */
	public static double left(Collection<Charge> charges, CostSettings settings, Instant now, Duration hold) {
		if (!settings.isCapped()) {
			return Double.POSITIVE_INFINITY;
		}
		double rate = running(charges, settings, now);
		double left = lines(charges, settings, now, hold).stream().mapToDouble(line -> line.left(rate)).min().orElse(Double.POSITIVE_INFINITY);
		return Double.isNaN(left) ? 0 : Math.max(0, left);
	}

	/**
	 * Settings with one more limit on what an hour of all machines may cost; the lower one holds.
	 *
	 * @param perHour  the limit; positive infinity for none
	 * @param currency of it
	 */
	public static CostSettings with(CostSettings settings, double perHour, String currency) {
		if (perHour == Double.POSITIVE_INFINITY) {
			return settings;
		}
		String code = settings.currency().isEmpty() ? currency : settings.currency();
		double limit = currency.equals(code) ? perHour : settings.convert(perHour, currency);
		// a limit that cannot be compared allows nothing
		double hour = Double.isNaN(limit) ? 0 : Math.min(limit, settings.hourCap().orElse(Double.POSITIVE_INFINITY));
		return new CostSettings(code, Optional.of(hour), settings.dayCap(), settings.monthCap(), settings.breachPerHour(), settings.breachByGroup(),
				settings.leastBilled(), settings.priceList(), settings.rates());
	}

	private static List<Line> lines(Collection<Charge> charges, CostSettings settings, Instant now, Duration hold) {
		List<Line> lines = new ArrayList<>();
		Instant until = now.plus(hold);
		for (Calendar period : Calendar.values()) {
			Optional<Double> cap = cap(settings, period);
			if (cap.isEmpty()) {
				continue;
			}
			if (period == Calendar.HOUR) {
				// a machine that stays costs a whole one of the hours to come
				lines.add(new Line("a whole hour", cap.get(), 0, 1));
			}
			Instant end = period.end(now);
			lines.add(new Line(period.text(), cap.get(), spent(charges, settings, period.begin(now), now), Charge.hours(now, until.isBefore(end) ? until : end)));
			if (until.isAfter(end)) {
				Instant next = period.end(end);
				lines.add(new Line(period.text() + " after", cap.get(), 0, Charge.hours(end, until.isBefore(next) ? until : next)));
			}
		}
		return lines;
	}

	private static Optional<Double> cap(CostSettings settings, Calendar period) {
		return switch (period) {
		case HOUR -> settings.hourCap();
		case DAY -> settings.dayCap();
		case MONTH -> settings.monthCap();
		};
	}

	/** What all that runs or comes costs an hour; {@code NaN} where that is not known of one. */
	private static double running(Collection<Charge> charges, CostSettings settings, Instant now) {
		return charges.stream().filter(charge -> charge.runs(now)).mapToDouble(charge -> settings.convert(charge.price().perHour(), charge.price().currency())).sum();
	}

	/** What was spent; of what is gone and was never priced nobody can tell, it counts for nothing. */
	private static double spent(Collection<Charge> charges, CostSettings settings, Instant begin, Instant now) {
		return charges.stream().mapToDouble(charge -> settings.convert(charge.within(begin, now), charge.price().currency())).filter(cost -> !Double.isNaN(cost)).sum();
	}

	private static String caps(CostSettings settings) {
		List<String> caps = new ArrayList<>();
		settings.hourCap().ifPresent(cap -> caps.add(String.format(Locale.ROOT, "%.3f an hour", cap)));
		settings.dayCap().ifPresent(cap -> caps.add(String.format(Locale.ROOT, "%.2f a day", cap)));
		settings.monthCap().ifPresent(cap -> caps.add(String.format(Locale.ROOT, "%.2f a month", cap)));
		return String.join(", ", caps) + " " + settings.currency();
	}
}
