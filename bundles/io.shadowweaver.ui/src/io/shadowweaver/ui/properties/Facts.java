// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.properties;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

import io.shadowweaver.api.alert.Alert;
import io.shadowweaver.api.alert.Threshold;
import io.shadowweaver.api.forecast.Anomaly;
import io.shadowweaver.api.forecast.Forecast;
import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.provision.Action;
import io.shadowweaver.api.provision.GuardOutcome;
import io.shadowweaver.api.provision.Need;
import io.shadowweaver.api.provision.Plan;
import io.shadowweaver.api.provision.Price;
import io.shadowweaver.api.provision.QueueEntry;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.api.topology.DemandTarget;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.api.topology.ScalingGroup;
import io.shadowweaver.engine.calendar.CalendarEntry;
import io.shadowweaver.ui.act.Names;
import io.shadowweaver.ui.act.PlanDecision;
import io.shadowweaver.ui.core.Formats;
import io.shadowweaver.ui.core.Frame;
import io.shadowweaver.ui.core.Item;
import io.shadowweaver.ui.core.Limits;

/** Collects what there is to know of an item. Pure; not for the UI thread. */
public final class Facts {
	private static final int MOST_UNUSUAL = 5;
	private static final String WHAT = "What it is";
	private static final String TIME = "When";
	private static final String STATE = "State";
	private static final String WHY = "Why";
	private static final String FORECAST = "Forecast";

	private final Frame frame;
	private final WeaverState state;
	private final Names names;
	private final List<Fact> facts = new ArrayList<>();

	private Facts(Frame frame) {
		this.frame = frame;
		state = frame.state();
		names = Names.of(frame);
	}

	/** All facts of an item, in reading order; one fact that says so, where the item is gone. */
	public static List<Fact> of(Frame frame, Item item) {
		Facts collected = new Facts(frame);
		switch (item.kind()) {
		case RESOURCE -> collected.state.topology().resource(item.id()).ifPresent(collected::resource);
		case GROUP -> collected.group(collected.state.topology().groups().get(item.id()));
		case ALERT -> collected.state.alerts().stream().filter(alert -> alert.id().equals(item.id())).findFirst().ifPresent(collected::alert);
		case PLAN -> collected.state.plans().stream().filter(plan -> plan.id().equals(item.id())).findFirst().ifPresent(collected::plan);
		case ENTRY -> collected.state.queue().stream().filter(entry -> entry.token().equals(item.id())).findFirst().ifPresent(collected::entry);
		case EVENT -> frame.estate().calendar().stream().filter(entry -> entry.id().equals(item.id())).findFirst().ifPresent(collected::event);
		case REGION, ZONE, CONTRIBUTION -> collected.add(WHAT, Formats.words(item.kind()), item.id());
		}
		if (collected.facts.isEmpty()) {
			collected.add(WHAT, Formats.words(item.kind()), item.id() + " is gone");
		}
		return List.copyOf(collected.facts);
	}

	/** Facts as lines of text. */
	public static String text(List<Fact> facts) {
		StringBuilder text = new StringBuilder();
		for (Fact fact : facts) {
			text.append(fact.name()).append(": ").append(fact.value()).append('\n');
		}
		return text.toString();
	}

	private void add(String category, String name, String value) {
		if (!value.isEmpty()) {
			facts.add(new Fact(category, name, names.said(value)));
		}
	}

	private String when(Instant time) {
		return Formats.timeAndDistance(time, state.time());
	}

	private void resource(Resource resource) {
		add(WHAT, "Name", resource.name());
		add(WHAT, "Id", resource.id());
		add(WHAT, "Kind", resource.kind());
		add(WHAT, "Group", state.topology().groupOf(resource.id()).map(names::group).orElse(""));
		add(WHAT, "Runs on", resource.parent());
		price(resource.id());
		new TreeMap<>(resource.labels()).forEach((label, value) -> add("Labels", label, value));
		new TreeMap<>(resource.capacity()).forEach((metric, value) -> add("Capacity", names.metric(metric), capacity(metric, value)));
		add(STATE, "Life cycle", Formats.words(resource.lifecycle()));
		resource.construction().ifPresent(way -> {
			add(STATE, "Progress", Formats.percent(way.progress()));
			add(STATE, "Ready", when(way.eta()) + (way.isLate() ? ", too late" : ""));
			add(STATE, "Needed", when(way.needBy()));
			add(STATE, "Plan", way.plan());
		});
		unusual(resource.id());
		for (Metric metric : new TreeMap<>(state.metrics()).values()) {
			series(new SeriesId(resource.id(), metric.id()), metric);
			Limits.rule(state.thresholds(), resource, metric.id()).ifPresent(rule -> add("Thresholds", metric.name(), limits(metric, rule)));
		}
	}

	private void price(String resource) {
		Price price = state.report().prices().get(resource);
		if (price != null && price.isKnown()) {
			add(WHAT, "Cost", Formats.cost(price.perHour(), price.currency()) + price.asOf().map(date -> ", as of " + date).orElse("")
					+ (price.source().isEmpty() ? ", as the provider says" : ", from " + price.source()));
		}
	}

	private void series(SeriesId id, Metric metric) {
		int slot = state.series().slot(id);
		if (slot < 0) {
			return;
		}
		add("Now", metric.name(), Formats.value(id, metric, frame.observed(id)) + (frame.isStale(id) ? ", not fresh" : ""));
		state.series().forecast(slot).ifPresent(forecast -> add(FORECAST, metric.name(), forecast(id, metric, forecast)));
	}

	private String forecast(SeriesId id, Metric metric, Forecast forecast) {
		if (!forecast.isPresent()) {
			return forecast.reason() + forecast.readyAt().map(ready -> "; there will be one at " + when(ready)).orElse("");
		}
		String value = Formats.value(id, metric, frame.predicted(id, .5)) + " (" + Formats.value(id, metric, frame.predicted(id, .1)) + " … "
				+ Formats.value(id, metric, frame.predicted(id, .9)) + ") at "
				+ Formats.time(frame.cursor().predictedAt(state.time()), state.time());
		return value + "; " + forecast.model() + ", " + quality(forecast.skill(), forecast.coverage());
	}

	private static String quality(double skill, double coverage) {
		return "skill " + (Double.isNaN(skill) ? "not measured yet" : Formats.percent(skill)) + ", 80 % band covers "
				+ (Double.isNaN(coverage) ? "not measured yet" : Formats.percent(coverage));
	}

	private static String limits(Metric metric, Threshold rule) {
		boolean ratio = metric.full() != Metric.Full.NONE;
		return "warning " + (ratio ? Formats.percent(rule.warning()) : Formats.value(metric, rule.warning())) + ", critical "
				+ (ratio ? Formats.percent(rule.critical()) : Formats.value(metric, rule.critical())) + " at " + Formats.level(rule.level());
	}

	private String capacity(String metric, double value) {
		Metric known = state.metrics().get(metric);
		return known == null ? Formats.number(value) : Formats.value(SeriesId.ofGroup("any", metric), known, value);
	}

	private void group(ScalingGroup group) {
		if (group == null) {
			return;
		}
		add(WHAT, "Name", group.name());
		add(WHAT, "Id", group.id());
		add(WHAT, "Scaling", Formats.words(group.scaling()) + ", by " + (group.owner() == ScalingGroup.Owner.WEAVER ? "Shadow Weaver" : "something else"));
		add(WHAT, "Mode", Formats.words(state.mode(group.id())));
		state.report().promotions().stream().filter(promotion -> promotion.group().equals(group.id())).findFirst().ifPresent(promotion -> add(WHAT,
				"Mode auto", (promotion.offered() ? "earned: " : Formats.percent(promotion.progress()) + " of the way: ") + promotion.sentence()));
		add(WHAT, "Members", state.topology().liveMembers(group.id()).size() + " live of " + state.topology().members(group.id()).size() + ", "
				+ group.min() + " to " + group.max() + " allowed, in steps of " + group.step());
		add(WHAT, "Survives the loss of a zone", group.placement().survivesZoneLoss() ? "yes" : "no");
		unusual(SeriesId.GROUP_PREFIX + group.id());
		for (DemandTarget target : group.demand()) {
			add("Demand", names.metric(target.metric()) + " target", Formats.percent(target.target()));
		}
		for (Metric metric : new TreeMap<>(state.metrics()).values()) {
			series(SeriesId.ofGroup(group.id(), metric.id()), metric);
		}
		var outlook = state.shadow(frame.cursor().kind()).groups().get(group.id());
		if (outlook != null) {
			int deficit = outlook.firstDeficit();
			add(FORECAST, "Members", deficit < 0 ? "enough within the horizon"
					: outlook.ready().get(deficit) + " → " + outlook.required().get(deficit) + " by " + when(outlook.times().get(deficit)));
		}
	}

	private void alert(Alert alert) {
		add(WHAT, "Alert", alert.summary());
		add(WHAT, "Severity", Formats.words(alert.severity()));
		add(WHAT, "Subject", alert.subject().startsWith(SeriesId.GROUP_PREFIX) ? names.group(alert.subject().substring(SeriesId.GROUP_PREFIX.length())) : names.resource(alert.subject()));
		add(WHAT, "Metric", names.metric(alert.metric()));
		add(WHAT, "Rule", alert.rule());
		add(TIME, "Breach", when(alert.breachAt()));
		add(TIME, "Earliest", alert.earliest().map(this::when).orElse(""));
		add(TIME, "Latest", alert.latest().map(this::when).orElse("not within the horizon"));
		add(TIME, "Act by", when(alert.startBy()));
		add(TIME, "Raised", when(alert.raisedAt()));
		add(STATE, "State", Formats.words(alert.state()));
		add(STATE, "Acknowledged by", alert.acknowledgedBy());
		add(STATE, "Covered by", alert.coveredBy());
		add(WHY, "Explanation", alert.explanation());
		add(WHY, "What to do", alert.guidance());
		for (int i = 0; i < alert.log().size(); i++) {
			add("Log", String.valueOf(i + 1), alert.log().get(i));
		}
	}

	private void plan(Plan plan) {
		add(WHAT, "Plan", plan.sentence());
		add(WHAT, "Id", plan.id());
		add(WHAT, "Group", names.group(plan.group()));
		for (Action action : plan.actions()) {
			add(WHAT, "What is done", names.action(action));
		}
		add(WHAT, "Cost", PlanDecision.cost(plan));
		add(STATE, "State", Formats.words(plan.state()));
		for (Plan.Approval approval : plan.approvals()) {
			add(STATE, "Approved by", approval.person() + ", " + when(approval.at()));
		}
		add(TIME, "Start by", when(plan.startBy()));
		add(TIME, "Needed by", when(plan.neededBy()));
		add(TIME, "Approve by", when(plan.approveBy()));
		add(TIME, "Expires", when(plan.expires()));
		add(TIME, "Lead", Formats.span(plan.leadMedian()) + ", p95 " + Formats.span(plan.leadP95())
				+ (plan.leadCount() == 0 ? ", as the provider declares" : ", from " + plan.leadCount() + " observed"));
		for (Need need : plan.needs()) {
			add(WHY, "Need", need.required() + " required, " + need.ready() + " ready from " + when(need.from()) + ", for " + names.metric(need.metric()) + " at "
					+ Formats.level(need.level()) + ", probability " + Formats.percent(need.probability()) + (need.capped() ? ", capped by the maximum" : ""));
		}
		for (Plan.Basis basis : plan.basis()) {
			add("Basis", names.series(basis.series()), "forecast of " + when(basis.issuedAt()) + " by " + basis.model() + ", " + quality(basis.skill(), basis.coverage()));
		}
		for (GuardOutcome guard : plan.guards()) {
			add("Guards", guard.guard(), (guard.passed() ? "passed: " : "refused: ") + guard.sentence());
		}
		for (Plan.Alternative other : plan.alternatives()) {
			add("Rejected alternatives", other.sentence(), Formats.cost(other.costPerHour(), plan.currency()) + ": " + other.reason());
		}
	}

	private void event(CalendarEntry entry) {
		add(WHAT, "Event", entry.text());
		add(WHAT, "Kind", Formats.words(entry.kind()));
		add(WHAT, "Concerns", entry.subject().isEmpty() ? "everything" : entry.subject());
		add(TIME, "Begins first", when(entry.start().atZone(entry.zone()).toInstant()));
		add(TIME, "Lasts", entry.duration().isZero() ? "a moment" : Formats.span(entry.duration()));
		add(TIME, "Repeats", entry.rule());
		add(TIME, "Known since", when(entry.known()));
	}

	private void unusual(String subject) {
		state.anomalies().stream().filter(anomaly -> anomaly.series().subject().equals(subject)).limit(MOST_UNUSUAL).forEach(anomaly -> {
			Metric metric = state.metrics().get(anomaly.series().metric());
			if (metric != null) {
				add("Unusual", when(anomaly.time()), metric.name() + (anomaly.kind() == Anomaly.Kind.FORECAST ? " forecast " : " ")
						+ Formats.value(anomaly.series(), metric, anomaly.value()) + ", expected " + Formats.value(anomaly.series(), metric, anomaly.expected()) + ". "
						+ anomaly.reason());
			}
		});
	}

	private void entry(QueueEntry entry) {
		add(WHAT, "Entry", entry.sentence());
		add(WHAT, "Resource", names.resource(entry.resource()));
		add(WHAT, "Group", names.group(entry.group()));
		add(WHAT, "Offer", names.offer(entry.provider(), entry.offer()));
		add(WHAT, "Zone", entry.zone());
		add(WHAT, "Account", names.account(entry.provider()));
		add(WHAT, "Token", entry.token());
		add(WHAT, "Cost", Formats.cost(entry.price().perHour(), entry.price().currency()));
		add(WHAT, "Plan", entry.plan());
		add(STATE, "State", Formats.words(entry.state()));
		add(STATE, "Progress", Formats.percent(entry.progress()));
		add(STATE, "Calls made", String.valueOf(entry.attempts()));
		add(TIME, "Queued", when(entry.queuedAt()));
		add(TIME, "Ready", when(entry.eta()) + (entry.eta().isAfter(entry.needBy()) ? ", too late" : ""));
		add(TIME, "Needed", when(entry.needBy()));
	}
}
