// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.preferences;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.shadowweaver.api.provision.GuardOutcome;
import io.shadowweaver.provisioning.GroupLimits;
import io.shadowweaver.provisioning.ProvisioningSettings;
import io.shadowweaver.provisioning.ProvisioningSettings.Limits;
import io.shadowweaver.provisioning.ProvisioningSettings.Oversight;
import io.shadowweaver.ui.act.Quantity;
import io.shadowweaver.ui.act.Quantity.Kind;
import io.shadowweaver.ui.core.Formats;

/** The limits of the guards as fields of a form, for an estate and for one of its groups. Pure. */
final class GuardForm {
	/** The guard whose preference is {@link FreezeText}. */
	static final String FREEZE = "freeze window";
	private static final double DAY = 86_400;
	private static final double ANY = Double.POSITIVE_INFINITY;
	private static final Limits USUAL = ProvisioningSettings.defaults().limits();
	private static final Oversight WATCHED = ProvisioningSettings.defaults().oversight();

	private static final Quantity STALE = Quantity.of("stale", "Stale inputs", Kind.PERCENT, 0, 1, USUAL.maxStaleShare(), "Automation of a group stops when more of its inputs are not fresh");
	private static final Quantity SKILL = Quantity.of("skill", "Least skill", Kind.PERCENT, -1, 1, USUAL.minSkill(), "A forecast that is acted on is at least so much better than seasonal naive");
	private static final Quantity COVERAGE = Quantity.of("coverage", "Least coverage", Kind.PERCENT, 0, 1, USUAL.minCoverage(), "And its 80 % band has covered at least this share");
	private static final Quantity COOLDOWN = Quantity.of("cooldown", "Cooldown", Kind.SPAN, 0, DAY, USUAL.cooldown().toSeconds(), "Least time between two actions of a group");
	private static final Quantity GROUP_RATE = Quantity.of("groupRate", "Machines an hour, by group", Kind.COUNT, 0, 10_000, USUAL.groupPerHour(), "As many may be made in an hour");
	private static final Quantity ESTATE_RATE = Quantity.of("estateRate", "Machines an hour, in all", Kind.COUNT, 0, 10_000, USUAL.estatePerHour(), "As many may be made in an hour");
	private static final Quantity BLAST = Quantity.of("blast", "Machines of one plan", Kind.COUNT, 1, 10_000, USUAL.blastCount(), "The most that one plan may make or remove");
	private static final Quantity BLAST_SHARE = Quantity.of("blastShare", "Share of a group", Kind.PERCENT, .01, 10, USUAL.blastShare(), "The same as a share of the members; one is always allowed");
	private static final Quantity MACHINES = Quantity.of("machines", "Machines of ours", Kind.COUNT, 0, 100_000, USUAL.maxMachines(), "The most at a time in the estate");
	private static final Quantity CANARY = Quantity.of("canary", "Canary", Kind.COUNT, 0, 100, USUAL.canary(), "So many of a kind that was never seen to carry traffic are made at once; 0 for no such limit");
	private static final Quantity UNHEALTHY = Quantity.of("unhealthy", "Unhealthy in a row", Kind.COUNT, 1, 100, WATCHED.unhealthy(), "So many machines that never carry traffic stop their group until a person resumes it");
	private static final Quantity SECOND = Quantity.optional("second", "Second person above", Kind.MONEY, 0, ANY, "A plan that adds more cost an hour needs two persons; empty for never. In the currency of the budget");
	private static final Quantity EXCEPTION = Quantity.of("exception", "Longest exception", Kind.SPAN, 60, 90 * DAY, WATCHED.longestException().toSeconds(), "A raised maximum expires after this at the latest");
	private static final Quantity REVIEW = Quantity.of("review", "Review after", Kind.SPAN, DAY, 3_650 * DAY, WATCHED.review().toSeconds(), "Written into each machine; past it the machine is reported, never silently kept or removed");

	/**
	 * A guard with its preferences.
	 *
	 * @param guard  its name, as outcomes have it; that of no guard for what stands beside them
	 * @param where  where else it is set, in a sentence; empty for nowhere
	 * @param fields its preferences; may be empty
	 */
	record Section(String guard, String where, List<Quantity> fields) {
	}

	/** The guards in the order in which they are asked. */
	static final List<Section> SECTIONS = List.of(new Section("kill switch", "The button in the toolbar, or Ctrl+Alt+K. It holds over restarts.", List.of()),
			new Section("mode", "By group, on the page Automation.", List.of()), new Section("freshness", "", List.of(STALE)), new Section("skill", "", List.of(SKILL, COVERAGE)),
			new Section("fencing", "Where several engines may act, the estate has a lease.", List.of()), new Section("cooldown", "", List.of(COOLDOWN)),
			new Section("rate", "", List.of(GROUP_RATE, ESTATE_RATE)), new Section("canary", "", List.of(CANARY, UNHEALTHY)), new Section("blast radius", "", List.of(BLAST, BLAST_SHARE)),
			new Section("cap", "The maximum of a group is set with 'Edit group…', and raised for a while with 'Raise cap…'.", List.of(MACHINES, EXCEPTION)),
			new Section("budget", "On the page Budget.", List.of()), new Section(FREEZE, "", List.of()), new Section("persons", "", List.of(SECOND, REVIEW)));
	/** The fields of an estate. */
	static final List<Quantity> ESTATE = SECTIONS.stream().flatMap(section -> section.fields().stream()).toList();
	/** The fields of a group; what is left empty is as for all. */
	static final List<Quantity> GROUP = List.of(SKILL.optional(), COVERAGE.optional(), COOLDOWN.optional(), GROUP_RATE.optional(), BLAST.optional(), BLAST_SHARE.optional(),
			CANARY.optional(), SECOND);

	private GuardForm() {
	}

	/** What a guard says where it refuses, in the words of the form. */
	static String says(List<GuardOutcome> outcomes, Instant now) {
		return outcomes.stream().map(outcome -> (outcome.passed() ? "Refuses nothing: " : "Refuses with: ") + Formats.said(outcome.sentence(), now)).collect(Collectors.joining("\n"));
	}

	/** What stands in the fields of an estate. */
	static Map<String, String> texts(ProvisioningSettings settings) {
		Limits limits = settings.limits();
		Oversight oversight = settings.oversight();
		Map<String, Double> values = new LinkedHashMap<>();
		values.put("stale", limits.maxStaleShare());
		values.put("skill", limits.minSkill());
		values.put("coverage", limits.minCoverage());
		values.put("cooldown", seconds(limits.cooldown()));
		values.put("groupRate", (double) limits.groupPerHour());
		values.put("estateRate", (double) limits.estatePerHour());
		values.put("blast", (double) limits.blastCount());
		values.put("blastShare", limits.blastShare());
		values.put("machines", (double) limits.maxMachines());
		values.put("canary", (double) limits.canary());
		values.put("unhealthy", (double) oversight.unhealthy());
		values.put("second", oversight.secondPersonAbove());
		values.put("exception", seconds(oversight.longestException()));
		values.put("review", seconds(oversight.review()));
		return texts(ESTATE, values);
	}

	/** What stands in the fields of a group. */
	static Map<String, String> texts(GroupLimits limits) {
		Map<String, Double> values = new LinkedHashMap<>();
		values.put("skill", limits.minSkill().orElse(Double.NaN));
		values.put("coverage", limits.minCoverage().orElse(Double.NaN));
		values.put("cooldown", limits.cooldown().map(GuardForm::seconds).orElse(Double.NaN));
		values.put("groupRate", limits.perHour().map(Integer::doubleValue).orElse(Double.NaN));
		values.put("blast", limits.blastCount().map(Integer::doubleValue).orElse(Double.NaN));
		values.put("blastShare", limits.blastShare().orElse(Double.NaN));
		values.put("canary", limits.canary().map(Integer::doubleValue).orElse(Double.NaN));
		values.put("second", limits.secondPersonAbove().orElse(Double.NaN));
		return texts(GROUP, values);
	}

	private static Map<String, String> texts(List<Quantity> fields, Map<String, Double> values) {
		Map<String, String> texts = new LinkedHashMap<>();
		fields.forEach(field -> texts.put(field.key(), field.text(values.get(field.key()))));
		return texts;
	}

	/**
	 * Reads the fields of an estate.
	 *
	 * @param before  what has no field stays as it is there
	 * @param texts   by key
	 * @param freezes as {@link FreezeText} has them
	 * @throws IllegalArgumentException naming the field that is wrong and its range
	 */
	static ProvisioningSettings read(ProvisioningSettings before, Function<String, String> texts, String freezes) {
		Values values = new Values(ESTATE, texts);
		Limits old = before.limits();
		Limits limits = new Limits(values.number("stale"), values.number("skill"), values.number("coverage"), values.span("cooldown"), values.count("groupRate"), values.count("estateRate"),
				values.count("blast"), values.number("blastShare"), values.count("machines"), old.budgetPerHour(), old.currency(), FreezeText.read(freezes), values.count("canary"));
		return before.with(limits).with(new Oversight(values.count("unhealthy"), values.value("second").orElse(Double.POSITIVE_INFINITY), values.span("exception"), values.span("review")));
	}

	/** Reads the fields of a group. */
	static GroupLimits read(Function<String, String> texts, String freezes) {
		Values values = new Values(GROUP, texts);
		return new GroupLimits(values.value("skill"), values.value("coverage"), values.value("cooldown").map(Quantity::span), values.value("groupRate").map(Double::intValue),
				values.value("blast").map(Double::intValue), values.value("blastShare"), values.value("canary").map(Double::intValue), values.value("second"), FreezeText.read(freezes));
	}

	private static double seconds(Duration span) {
		return span.toMillis() / 1e3;
	}

	/** Reads fields by their keys. */
	private record Values(List<Quantity> fields, Function<String, String> texts) {
		Optional<Double> value(String key) {
			return fields.stream().filter(field -> field.key().equals(key)).findFirst().orElseThrow().read(texts.apply(key));
		}

		double number(String key) {
			return value(key).orElseThrow();
		}

		int count(String key) {
			return value(key).orElseThrow().intValue();
		}

		Duration span(String key) {
			return Quantity.span(number(key));
		}
	}
}
