// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.preferences;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

import io.shadowweaver.provisioning.ProvisioningSettings;
import io.shadowweaver.provisioning.ProvisioningSettings.Earning;
import io.shadowweaver.provisioning.ProvisioningSettings.Planning;
import io.shadowweaver.provisioning.ProvisioningSettings.ScaleIn;
import io.shadowweaver.ui.act.Quantity;
import io.shadowweaver.ui.act.Quantity.Kind;

/** When and how much is planned, when machines are removed, and when a group has earned mode auto, as fields of a form. Pure. */
final class AutomationForm {
	private static final double HOUR = 3_600;
	private static final double DAY = 86_400;
	private static final Planning PLANNED = ProvisioningSettings.defaults().planning();
	private static final ScaleIn REMOVED = ProvisioningSettings.defaults().scaleIn();
	private static final Earning EARNED = ProvisioningSettings.defaults().earning();

	/** When and how much is planned. */
	static final List<Quantity> PLANNING = List.of(
			Quantity.of("level", "Demand planned for", Kind.PERCENT, .01, .999, PLANNED.level(), "The quantile of forecast demand that capacity is planned for: 90 % is exceeded once in ten times"),
			Quantity.of("horizon", "Planned ahead", Kind.SPAN, 60, 7 * DAY, seconds(PLANNED.horizon()), "How far ahead plans are made"),
			Quantity.of("leadMargin", "Margin on the lead", Kind.SPAN, 0, DAY, seconds(PLANNED.leadMargin()), "Added to the 95th percentile of the time from the call to the first healthy traffic"),
			Quantity.of("approval", "Time to approve", Kind.SPAN, 0, DAY, seconds(PLANNED.approvalWait()), "How long a person has at least to approve a plan before its start-by"),
			Quantity.of("rejected", "Quiet after a rejection", Kind.SPAN, 0, DAY, seconds(PLANNED.rejectHold()), "So long nothing as large is proposed for the group again"));
	/** When machines of ours are removed, in the groups in which that is on. */
	static final List<Quantity> REMOVING = List.of(
			Quantity.of("inLevel", "Demand that must fit", Kind.PERCENT, .01, .999, REMOVED.level(), "The quantile of forecast demand that the remaining members must carry"),
			Quantity.of("inHold", "Ahead for", Kind.SPAN, 60, 7 * DAY, seconds(REMOVED.hold()), "It must fit for all of this time ahead"),
			Quantity.of("stabilisation", "And must have fitted for", Kind.SPAN, 0, DAY, seconds(REMOVED.stabilisation()), "So long the forecast must have left room before anything is removed"),
			Quantity.of("minHold", "Kept at least", Kind.SPAN, 0, 30 * DAY, seconds(REMOVED.minHold()), "A machine is kept so long after it became ready"));
	/** When mode auto is offered. */
	static final List<Quantity> EARNING = List.of(
			Quantity.of("period", "Watched for", Kind.SPAN, HOUR, 365 * DAY, seconds(EARNED.period()), "How long the forecasts of a group must have kept skill and coverage"),
			Quantity.of("earnedSkill", "With a skill of", Kind.PERCENT, -1, 1, EARNED.minSkill(), "At least so much better than seasonal naive"),
			Quantity.of("earnedCoverage", "And a coverage of", Kind.PERCENT, 0, 1, EARNED.minCoverage(), "The 80 % band has covered at least this share"),
			Quantity.of("verdicts", "Plans judged", Kind.COUNT, 0, 1_000, EARNED.verdicts(), "So many of its plans must have been judged"),
			Quantity.of("right", "Of which were needed", Kind.PERCENT, 0, 1, EARNED.rightShare(), "At least this share of them"));

	private AutomationForm() {
	}

	/** What stands in the fields. */
	static Map<String, String> texts(ProvisioningSettings settings) {
		Planning planning = settings.planning();
		ScaleIn removing = settings.scaleIn();
		Earning earning = settings.earning();
		Map<String, Double> values = new LinkedHashMap<>();
		values.put("level", planning.level());
		values.put("horizon", seconds(planning.horizon()));
		values.put("leadMargin", seconds(planning.leadMargin()));
		values.put("approval", seconds(planning.approvalWait()));
		values.put("rejected", seconds(planning.rejectHold()));
		values.put("inLevel", removing.level());
		values.put("inHold", seconds(removing.hold()));
		values.put("stabilisation", seconds(removing.stabilisation()));
		values.put("minHold", seconds(removing.minHold()));
		values.put("period", seconds(earning.period()));
		values.put("earnedSkill", earning.minSkill());
		values.put("earnedCoverage", earning.minCoverage());
		values.put("verdicts", (double) earning.verdicts());
		values.put("right", earning.rightShare());
		Map<String, String> texts = new LinkedHashMap<>();
		all().forEach(field -> texts.put(field.key(), field.text(values.get(field.key()))));
		return texts;
	}

	/** All fields. */
	static Stream<Quantity> all() {
		return Stream.of(PLANNING, REMOVING, EARNING).flatMap(List::stream);
	}

	/**
	 * Reads the fields.
	 *
	 * @param before what has no field stays as it is there
	 * @param texts  by key
	 * @throws IllegalArgumentException naming the field that is wrong and its range
	 */
	static ProvisioningSettings read(ProvisioningSettings before, Function<String, String> texts) {
		Map<String, Double> values = new LinkedHashMap<>();
		all().forEach(field -> values.put(field.key(), field.read(texts.apply(field.key())).orElseThrow()));
		Planning planning = before.planning();
		ScaleIn removing = before.scaleIn();
		Earning earning = before.earning();
		if (values.get("earnedCoverage") > earning.maxCoverage()) {
			throw new IllegalArgumentException("And a coverage of must be at most " + Math.round(earning.maxCoverage() * 100) + " %: a band that covers all says nothing.");
		}
		return before.with(new Planning(values.get("level"), planning.reactiveHeadroom(), planning.reactiveSpan(), span(values, "horizon"), span(values, "leadMargin"), planning.decisionMargin(),
				span(values, "approval"), span(values, "rejected"), planning.verdictAfter()))
				.with(new ScaleIn(removing.groups(), values.get("inLevel"), removing.margin(), span(values, "inHold"), span(values, "stabilisation"), span(values, "minHold"), removing.cooldown(),
						removing.maxStaleShare()))
				.with(new Earning(span(values, "period"), values.get("earnedSkill"), values.get("earnedCoverage"), earning.maxCoverage(), values.get("verdicts").intValue(), values.get("right")));
	}

	private static Duration span(Map<String, Double> values, String key) {
		return Quantity.span(values.get(key));
	}

	private static double seconds(Duration span) {
		return span.toMillis() / 1e3;
	}
}
