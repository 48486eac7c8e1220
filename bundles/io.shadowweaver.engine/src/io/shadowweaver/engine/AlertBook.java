// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import io.shadowweaver.api.alert.Alert;
import io.shadowweaver.api.alert.Alert.Silenced;
import io.shadowweaver.api.alert.AlertNotice;
import io.shadowweaver.api.alert.AlertNotice.Change;
import io.shadowweaver.api.alert.Severity;
import io.shadowweaver.api.alert.Silence;
import io.shadowweaver.api.alert.Threshold;
import io.shadowweaver.api.forecast.Bands;
import io.shadowweaver.provisioning.BreachOdds;

/**
 * Raises, keeps and withdraws predicted alerts. An alert is raised when the tested quantile crosses a limit at two ticks in a
 * row, at once when the breach is there or the last moment to act is near; it is latched until a newer forecast, or the end of
 * the breach, puts the quantile below the recovery limit for five ticks in a row. Each breach is an alert of its own: when one
 * is over and the next is more than {@link #EPISODE} away, the next gets a new one. Not thread-safe: the weave thread's.
 */
final class AlertBook {
	/** Two breaches further apart are two alerts. */
	static final Duration EPISODE = Duration.ofHours(3);
	private static final int RAISE_TICKS = 2;
	private static final int WITHDRAW_TICKS = 5;
	private static final int KEPT = 200;

	/**
	 * What is tested.
	 *
	 * @param subject resource id, or group behind {@code group:}
	 * @param name    of the subject and the metric, for sentences
	 * @param rule    the threshold in force
	 * @param now     newest value in the unit of the threshold; {@code NaN} for none
	 * @param bands   its forecast in the unit of the threshold
	 * @param lead    learned lead to act, zero when nothing can be made
	 * @param because the forecast's provenance, for the explanation
	 * @param format  writes a value for the operator
	 * @param odds    of reaching a limit, in the unit of the threshold, by a time; asked only when an alert is raised or stands
	 */
	record Probe(String subject, String name, Threshold rule, double now, Bands bands, Duration lead, String because,
			Function<Double, String> format, BreachOdds odds) {
		Probe(String subject, String name, Threshold rule, double now, Bands bands, Duration lead, String because,
				Function<Double, String> format) {
			this(subject, name, rule, now, bands, lead, because, format, BreachOdds.UNKNOWN);
		}
	}

	/** What a crossing is. */
	private record Crossing(Severity severity, Instant at, Optional<Instant> earliest, Optional<Instant> latest, double worst,
			double limit) {
	}

	private static final class Entry {
		Alert alert;
		int seen;
		int calm;
	}

	private final String estate;
	private final Map<String, Entry> entries = new LinkedHashMap<>();
	private final List<Alert> withdrawn = new ArrayList<>();
	private final List<AlertNotice> notices = new ArrayList<>();
	private final Map<String, Entry> candidates = new HashMap<>();
	private long number;

	AlertBook(String estate) {
		this.estate = estate;
	}

	/** Takes over alerts of an earlier run. */
	void restore(List<Alert> alerts) {
		for (Alert alert : alerts) {
			number = Math.max(number, numberOf(alert.id()));
			if (alert.isActive()) {
				Entry entry = new Entry();
				entry.alert = alert;
				entries.put(key(alert.subject(), alert.metric()), entry);
			} else {
				withdrawn.add(alert);
			}
		}
	}

	private static long numberOf(String id) {
		try {
			return Long.parseLong(id.substring(id.lastIndexOf('-') + 1));
		} catch (NumberFormatException e) {
			return 0;
		}
	}

	/** Tests one subject and metric. */
	void probe(Probe probe, Instant now) {
		String key = key(probe.subject(), probe.rule().metric());
		Optional<Crossing> crossing = crossing(probe, now);
		Entry entry = entries.get(key);
		if (entry == null) {
			if (crossing.isEmpty()) {
				candidates.remove(key);
				return;
			}
			Entry candidate = candidates.computeIfAbsent(key, k -> new Entry());
			candidate.seen++;
			boolean urgent = !crossing.get().at.isAfter(now) || !crossing.get().at.minus(probe.lead()).isAfter(now);
			if (candidate.seen >= RAISE_TICKS || urgent) {
				candidates.remove(key);
				raise(key, probe, crossing.get(), now);
			}
			return;
		}
		boolean calm = crossing.isEmpty() && worst(probe) < probe.rule().recovery() && !(probe.now() >= probe.rule().recovery());
		boolean over = crossing.isPresent() && entry.alert.breachAt().isBefore(now)
				&& crossing.get().at.isAfter(now.plus(EPISODE)) && probe.now() < probe.rule().recovery();
		if (calm || over) {
			entry.calm++;
			if (entry.calm >= WITHDRAW_TICKS) {
				withdraw(key, over ? "The breach is over." : "A newer forecast stays below the recovery limit.", now);
				if (over) {
					raise(key, probe, crossing.get(), now);
				}
			}
			return;
		}
		entry.calm = 0;
		crossing.ifPresent(found -> move(entry, probe, found, now));
	}

	private void raise(String key, Probe probe, Crossing crossing, Instant now) {
		Entry entry = new Entry();
		entry.alert = alert(estate + "-" + ++number, probe, crossing, now, now, Alert.State.OPEN, "", "",
				List.of(now + " raised: " + sentence(probe, crossing, now)));
		entries.put(key, entry);
		notice(Change.RAISED, entry.alert, now);
	}

	private void move(Entry entry, Probe probe, Crossing crossing, Instant now) {
		Alert old = entry.alert;
		Alert moved = alert(old.id(), probe, crossing, now, old.raisedAt(), old.state(), old.acknowledgedBy(), old.coveredBy(), old.log()).with(old.silences());
		// a breach that is there keeps the time at which it began
		if (!old.breachAt().isAfter(now) && !crossing.at.isAfter(now)) {
			moved = begun(moved, old);
		}
		boolean severity = old.severity() != moved.severity();
		boolean began = old.breachAt().isAfter(now) && !moved.breachAt().isAfter(now);
		if (severity || began) {
			boolean worse = moved.severity().compareTo(old.severity()) > 0;
			Alert.State state = worse && old.state() == Alert.State.ACKNOWLEDGED ? Alert.State.OPEN : moved.state();
			moved = moved.with(state, now + (severity ? " is now " + moved.severity() : " has begun") + ": " + moved.summary());
			notice(Change.CHANGED, moved, now);
		}
		entry.alert = moved;
	}

	private void withdraw(String key, String why, Instant now) {
		Entry entry = entries.remove(key);
		Alert gone = entry.alert.with(Alert.State.WITHDRAWN, now + " withdrawn: " + why);
		withdrawn.addFirst(gone);
		while (withdrawn.size() > KEPT) {
			withdrawn.removeLast();
		}
		notice(Change.WITHDRAWN, gone, now);
	}

	/** Withdraws what belongs to subjects that are gone. */
	void retain(java.util.function.Predicate<String> subjectExists, Instant now) {
		List<String> gone = entries.entrySet().stream().filter(e -> !subjectExists.test(e.getValue().alert.subject()))
				.map(Map.Entry::getKey).toList();
		gone.forEach(key -> withdraw(key, "Its resource is gone.", now));
	}

	/** Marks what a plan covers, and unmarks what none covers any more. */
	void cover(Function<Alert, Optional<String>> plan, Instant now) {
		for (Entry entry : entries.values()) {
			Alert alert = entry.alert;
			String covering = plan.apply(alert).orElse("");
			if (!covering.isEmpty() && alert.state() != Alert.State.COVERED) {
				entry.alert = covered(alert, covering).with(Alert.State.COVERED, now + " covered by plan " + covering);
				notice(Change.COVERED, entry.alert, now);
			} else if (covering.isEmpty() && alert.state() == Alert.State.COVERED) {
				Alert.State back = alert.acknowledgedBy().isEmpty() ? Alert.State.OPEN : Alert.State.ACKNOWLEDGED;
				entry.alert = covered(alert, "").with(back, now + " no longer covered by plan " + alert.coveredBy());
				notice(Change.UNCOVERED, entry.alert, now);
			}
		}
	}

	/** Notes who has seen an alert; an unknown or withdrawn one is left alone. */
	void acknowledge(String id, String person, Instant now) {
		for (Entry entry : entries.values()) {
			Alert alert = entry.alert;
			if (alert.id().equals(id) && alert.acknowledgedBy().isEmpty()) {
				Alert seen = new Alert(alert.id(), alert.rule(), alert.subject(), alert.metric(), alert.severity(), alert.state(),
						alert.raisedAt(), alert.breachAt(), alert.earliest(), alert.latest(), alert.startBy(), alert.value(), alert.limit(),
						alert.summary(), alert.explanation(), alert.guidance(), person, alert.coveredBy(), alert.log(), alert.silences());
				Alert.State state = alert.state() == Alert.State.OPEN ? Alert.State.ACKNOWLEDGED : alert.state();
				entry.alert = seen.with(state, now + " acknowledged by " + person);
				notice(Change.ACKNOWLEDGED, entry.alert, now);
			}
		}
	}

	/**
	 * Notes which alerts the receiver of a channel keeps silent: who has asked for it, until when and why, in each of them and in its log.
	 *
	 * @param channel the name of the channel; its earlier silences end where they are not named again
	 */
	void silence(String channel, List<Silence> now, Instant time) {
		for (Entry entry : entries.values()) {
			Alert alert = entry.alert;
			List<Silenced> before = alert.silences().stream().filter(one -> one.channel().equals(channel)).toList();
			List<Silenced> after = now.stream().filter(one -> one.alert().equals(alert.id())).map(one -> new Silenced(channel, one.by(), one.until(), one.comment())).toList();
			if (before.equals(after)) {
				continue;
			}
			List<Silenced> all = new ArrayList<>(alert.silences());
			all.removeAll(before);
			all.addAll(after);
			entry.alert = alert.with(all);
			after.stream().filter(one -> !before.contains(one)).forEach(one -> log(entry,
					time + " silenced at " + channel + " by " + one.by() + " until " + one.until() + (one.comment().isEmpty() ? "" : ": " + one.comment())));
			if (after.isEmpty()) {
				log(entry, time + " no longer silenced at " + channel);
			}
		}
	}

	private static void log(Entry entry, String line) {
		entry.alert = entry.alert.with(entry.alert.state(), line);
	}

	/** Active alerts, the most urgent first, then those withdrawn lately. */
	List<Alert> alerts() {
		List<Alert> all = new ArrayList<>(entries.values().stream().map(entry -> entry.alert).sorted(AlertBook::byUrgency).toList());
		all.addAll(withdrawn);
		return all;
	}

	private static int byUrgency(Alert a, Alert b) {
		int severity = b.severity().compareTo(a.severity());
		return severity != 0 ? severity : a.breachAt().compareTo(b.breachAt());
	}

	/** What happened since the last call. */
	List<AlertNotice> takeNotices() {
		List<AlertNotice> taken = List.copyOf(notices);
		notices.clear();
		return taken;
	}

	private void notice(Change change, Alert alert, Instant now) {
		notices.add(new AlertNotice(alert.id() + "/" + alert.log().size(), estate, now, change, alert));
	}

	private static String key(String subject, String metric) {
		return subject + "\n" + metric;
	}

	private static Optional<Crossing> crossing(Probe probe, Instant now) {
		Threshold rule = probe.rule();
		Optional<Instant> critical = first(probe, rule.critical(), rule.level(), now);
		Severity severity = critical.isPresent() ? Severity.CRITICAL : Severity.WARNING;
		double limit = critical.isPresent() ? rule.critical() : rule.warning();
		Optional<Instant> at = critical.isPresent() ? critical : first(probe, rule.warning(), rule.level(), now);
		return at.map(time -> new Crossing(severity, time, first(probe, limit, .9, now), first(probe, limit, .1, now), worst(probe), limit));
	}

	private static double worst(Probe probe) {
		double worst = Double.isNaN(probe.now()) ? Double.NEGATIVE_INFINITY : probe.now();
		for (int lead = 0; lead < probe.bands().leads(); lead++) {
			worst = Math.max(worst, probe.bands().at(probe.bands().time(lead), probe.rule().level()));
		}
		return worst;
	}

	/** When a quantile first reaches a limit, linear between leads; now, when the newest value has reached it. */
	private static Optional<Instant> first(Probe probe, double limit, double level, Instant now) {
		if (probe.now() >= limit) {
			return Optional.of(now);
		}
		Bands bands = probe.bands();
		double before = probe.now();
		Instant beforeAt = now;
		for (int lead = 0; lead < bands.leads(); lead++) {
			Instant time = bands.time(lead);
			if (time.isBefore(now)) {
				continue;
			}
			double value = bands.at(time, level);
			if (value >= limit) {
				if (Double.isNaN(before) || before >= limit) {
					return Optional.of(time);
				}
				double share = (limit - before) / (value - before);
				return Optional.of(beforeAt.plusMillis(Math.round(share * Duration.between(beforeAt, time).toMillis())));
			}
			before = value;
			beforeAt = time;
		}
		return Optional.empty();
	}

	private static Alert alert(String id, Probe probe, Crossing crossing, Instant now, Instant raisedAt, Alert.State state, String acknowledged,
			String covered, List<String> log) {
		return new Alert(id, probe.rule().id(), probe.subject(), probe.rule().metric(), crossing.severity, state, raisedAt,
				crossing.at, crossing.earliest, crossing.latest, crossing.at.minus(probe.lead()), crossing.worst, crossing.limit,
				probe.name() + " reaches " + probe.format().apply(crossing.limit) + " (up to "
						+ probe.format().apply(crossing.worst) + ")",
				probe.because() + odds(probe, crossing, now), probe.rule().guidance(), acknowledged, covered, log);
	}

	/** How probable it is that the limit is reached before what is begun now could help, or by the time at which the quantile crosses. */
	private static String odds(Probe probe, Crossing crossing, Instant now) {
		Instant ready = now.plus(probe.lead());
		Instant until = crossing.at.isAfter(ready) ? crossing.at : ready;
		double probability = crossing.at.isAfter(now) ? probe.odds().by(crossing.limit, until) : Double.NaN;
		return Double.isNaN(probability) ? ""
				: String.format(Locale.ROOT, " It is reached within %d min with a probability of %.0f %%.", Duration.between(now, until).toMinutes(), probability * 100);
	}

	private static String sentence(Probe probe, Crossing crossing, Instant now) {
		String when = crossing.at.isAfter(now) ? "in " + Duration.between(now, crossing.at).toMinutes() + " min" : "now";
		return probe.format().apply(crossing.limit) + " is crossed " + when + " at the " + probe.rule().level() + " quantile";
	}

	private static Alert begun(Alert alert, Alert old) {
		return new Alert(alert.id(), alert.rule(), alert.subject(), alert.metric(), alert.severity(), alert.state(), alert.raisedAt(),
				old.breachAt(), alert.earliest(), alert.latest(), old.startBy(), alert.value(), alert.limit(), alert.summary(),
				alert.explanation(), alert.guidance(), alert.acknowledgedBy(), alert.coveredBy(), alert.log(), alert.silences());
	}

	private static Alert covered(Alert alert, String plan) {
		return new Alert(alert.id(), alert.rule(), alert.subject(), alert.metric(), alert.severity(), alert.state(), alert.raisedAt(),
				alert.breachAt(), alert.earliest(), alert.latest(), alert.startBy(), alert.value(), alert.limit(), alert.summary(),
				alert.explanation(), alert.guidance(), alert.acknowledgedBy(), plan, alert.log(), alert.silences());
	}
}
