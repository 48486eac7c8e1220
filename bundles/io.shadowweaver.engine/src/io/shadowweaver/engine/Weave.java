// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import io.shadowweaver.api.alert.Alert;
import io.shadowweaver.api.alert.AlertNotice;
import io.shadowweaver.api.alert.Threshold;
import io.shadowweaver.api.forecast.Forecast;
import io.shadowweaver.api.metric.Aggregation;
import io.shadowweaver.api.metric.Batch;
import io.shadowweaver.api.metric.Block;
import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.metric.Tick;
import io.shadowweaver.api.plugin.Status.State;
import io.shadowweaver.api.provision.Mode;
import io.shadowweaver.api.provision.Offer;
import io.shadowweaver.api.provision.Plan;
import io.shadowweaver.api.provision.ProvisioningReport;
import io.shadowweaver.api.provision.QueueEntry;
import io.shadowweaver.api.state.SeriesIndex;
import io.shadowweaver.api.state.SeriesPages;
import io.shadowweaver.api.state.Shadow;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.api.topology.DemandTarget;
import io.shadowweaver.api.topology.InstanceCapacity;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.api.topology.ScalingGroup;
import io.shadowweaver.api.topology.Template;
import io.shadowweaver.api.topology.Topology;
import io.shadowweaver.api.topology.TopologyChange;
import io.shadowweaver.engine.load.Capacities;
import io.shadowweaver.engine.load.ReadyCapacity;
import io.shadowweaver.forecasting.Forecaster;
import io.shadowweaver.history.AppendResult;
import io.shadowweaver.history.HistoryException;
import io.shadowweaver.history.MetricHistory;
import io.shadowweaver.engine.whatif.Base;
import io.shadowweaver.engine.whatif.GroupUse;
import io.shadowweaver.provisioning.BreachOdds;
import io.shadowweaver.provisioning.DemandView;
import io.shadowweaver.provisioning.GroupView;
import io.shadowweaver.provisioning.LeadTimes;
import io.shadowweaver.provisioning.Provisioner;
import io.shadowweaver.provisioning.ProvisioningView;

/**
 * What is computed at a tick, stage by stage: samples become history, history forecasts, forecasts shadows, shadows alerts and
 * plans, and all of it one state. Not thread-safe: the weave thread's.
 */
final class Weave {
	/** A series is stale when its newest sample is older than this many steps. */
	private static final int FRESH_STEPS = 3;
	private static final String PROVISIONER = "provisioner";

	private final EstateConfig config;
	private final Duration step;
	private final MetricHistory history;
	private final Forecaster forecaster;
	private final Provisioner provisioner;
	private final Statuses statuses;
	private final TopologyMerger merger = new TopologyMerger();
	private final Ingest ingest;
	private final Counters counters = new Counters();
	private final GroupBook groups;
	private final ForecastBook forecasts;
	private final ShadowWeaver shadows;
	private final AlertBook alerts;
	private final AnomalyBook anomalies;
	private final Predicate<SeriesId> forecastScope;
	private final LongSupplier versions;
	private final EventBook events;
	private final RuleBook rules;
	private final Set<SeriesId> registered = new HashSet<>();
	private Map<String, Mode> modes;
	private List<Threshold> thresholds;
	private AlertProbes probes;
	private SeriesPages series = SeriesPages.empty(new SeriesIndex());
	private boolean renewAll = true;
	private int made;

	Weave(EstateConfig config, Duration step, Stores stores, EventBook events, RuleBook rules, Statuses statuses, double sizingLevel,
			Predicate<SeriesId> forecastScope, LongSupplier versions) {
		this.config = config;
		this.forecastScope = forecastScope;
		this.versions = versions;
		this.step = step;
		this.history = stores.history();
		this.forecaster = stores.forecaster();
		this.provisioner = stores.provisioner();
		this.events = events;
		this.rules = rules;
		this.statuses = statuses;
		ingest = new Ingest(step);
		groups = new GroupBook(step);
		forecasts = new ForecastBook(forecaster, step, stores.paths());
		shadows = new ShadowWeaver(groups, sizingLevel);
		alerts = new AlertBook(config.id());
		anomalies = new AnomalyBook(step, history::range, forecastScope, stores.scores());
		modes = new HashMap<>(config.modes());
		thresholds(config.thresholds().isEmpty() ? DefaultThresholds.all() : config.thresholds());
		config.sources().forEach(source -> merger.reporter(source.id()));
		config.providers().forEach(provider -> merger.reporter(provider.id()));
		merger.reporter(PROVISIONER);
		merger.decide(config.groups());
	}

	void thresholds(List<Threshold> rules) {
		thresholds = List.copyOf(rules);
		probes = new AlertProbes(thresholds);
		anomalies.metrics(thresholds.stream().map(Threshold::metric).collect(Collectors.toSet()));
	}

	void mode(String group, Mode mode) {
		modes.put(group, mode);
	}

	/** From now on sized for another quantile of demand. */
	void sizingLevel(double level) {
		shadows.sizingLevel(level);
	}

	void groups(List<GroupSettings> settings) {
		merger.decide(settings);
	}

	/** How many machines of ours have become ready, or went. */
	int made() {
		return made;
	}

	Map<String, Mode> modes() {
		return Map.copyOf(modes);
	}

	AlertBook alertBook() {
		return alerts;
	}

	/** Takes a batch in; history is written at once, live samples wait for their row. */
	void accept(String reporter, Batch delivered, Instant now) {
		Batch batch = counters.rates(delivered);
		if (!delivered.counters().isEmpty()) {
			statuses.set("counters", State.OK, "", counters.said());
		}
		ingest.describe(batch);
		merger.apply(reporter, batch.changes());
		rules.topology(merger.topology());
		events.accept(batch.events());
		if (!batch.blocks().isEmpty()) {
			List<Block> blocks = ingest.blocks(batch);
			store(() -> history.backfill(blocks));
			showLast(blocks);
		}
		ingest.accept(batch, now);
	}

	/** A provider's discovery: the whole of it each time. The account is what its machines are told apart by, and what they are priced by. */
	void discovered(String account, List<TopologyChange> whole) {
		merger.replaceResources(account, whole.stream().map(change -> change instanceof TopologyChange.ResourceSeen seen
				? new TopologyChange.ResourceSeen(seen.resource().with(Resource.PROVIDER, account)) : change).toList());
	}

	/** While history loads, its newest value is what there is to show. */
	private void showLast(List<Block> blocks) {
		SeriesPages.Builder builder = series.next();
		for (Block block : blocks) {
			double[] values = block.series().values();
			int slot = builder.slot(block.id());
			for (int i = values.length - 1; i >= 0; i--) {
				if (!Double.isNaN(values[i])) {
					long time = block.series().time(i).toEpochMilli();
					if (series.slot(block.id()) < 0 || series.time(slot) < time) {
						builder.value(slot, time, values[i]);
					}
					break;
				}
			}
		}
		series = builder.build();
	}

	/** Back-fill of a source is complete: groups get their history, and everything is trained. */
	void backfilled(Instant from, Instant to) {
		Set<SeriesId> changed = ingest.takeBackfilled();
		if (changed.isEmpty()) {
			return;
		}
		groups.replay(merger.topology(), ingest.metrics(), history::range, ingest.align(from), ingest.align(to), blocks -> {
			store(() -> history.backfill(blocks));
			showLast(blocks);
			blocks.forEach(block -> changed.add(block.id()));
		});
		// what groups are scaled on is trained first: it is what alerts and plans wait for
		List<SeriesId> ordered = changed.stream().sorted(Comparator.comparing(SeriesId::isGroup).reversed()).toList();
		ordered.forEach(this::register);
		forecaster.historyChanged(ordered.stream().filter(registered::contains).toList());
		anomalies.historyChanged(changed);
		renewAll = true;
	}

	private void register(SeriesId id) {
		if (forecastScope.test(id) && registered.add(id)) {
			forecaster.register(id, ingest.metric(id.metric()));
		}
	}

	/** One tick. */
	WeaverState tick(Instant now) {
		SeriesPages.Builder builder = series.next();
		for (Tick row : ingest.take(now)) {
			weaveRow(row, builder);
		}
		SeriesPages observed = builder.build();
		SeriesPages.Builder next = observed.next();
		Topology topology = merger.topology();
		rules.topology(topology);
		List<SeriesId> always = new ArrayList<>();
		for (ScalingGroup group : topology.groups().values()) {
			group.demand().stream().map(target -> SeriesId.ofGroup(group.id(), target.metric())).filter(registered::contains)
					.forEach(always::add);
		}
		forecasts.renew(next, observed, always, List.copyOf(registered), renewAll, now);
		renewAll = false;
		series = next.build();
		anomalies.forecasts(series, now);
		int left = anomalies.left();
		statuses.set("anomalies", left > 0 ? State.DEGRADED : State.OK, left > 0 ? "LATE" : "",
				left > 0 ? left + " rows came faster than they could be scored and were left out." : "Works.");
		events.tick(topology, now);
		forecaster.events(events.shown(now));
		return decide(now);
	}

	private void weaveRow(Tick row, SeriesPages.Builder builder) {
		Map<SeriesId, Double> values = new HashMap<>(row.values().length * 2);
		for (int i = 0; i < row.values().length; i++) {
			values.put(row.series().get(i), row.values()[i]);
		}
		List<GroupBook.Sample> samples = groups.observe(merger.topology(), ingest.metrics(),
				id -> values.getOrDefault(id, Double.NaN));
		List<SeriesId> ids = new ArrayList<>(row.series());
		double[] all = java.util.Arrays.copyOf(row.values(), row.values().length + samples.size());
		BitSet lowerBounds = new BitSet();
		for (GroupBook.Sample sample : samples) {
			lowerBounds.set(ids.size(), sample.lowerBound());
			all[ids.size()] = sample.value();
			ids.add(sample.id());
		}
		Tick whole = new Tick(row.time(), ids, all);
		store(() -> {
			AppendResult result = history.append(whole, step);
			if (!result.isComplete()) {
				statuses.set("history", State.DEGRADED, "REFUSED", result.problem());
			}
		});
		long time = row.time().toEpochMilli();
		for (int i = 0; i < all.length; i++) {
			register(ids.get(i));
			builder.value(builder.slot(ids.get(i)), time, all[i]);
		}
		forecaster.observe(whole, lowerBounds);
		anomalies.observe(whole);
	}

	/** Runs a write; when it fails, nothing of it was written, the status says so, and the rest of the engine goes on. */
	private void store(Runnable write) {
		try {
			write.run();
			if (!ingest.refusals().isEmpty()) {
				statuses.set("ingest", State.DEGRADED, "REFUSED", ingest.refusals());
			}
			statuses.set("history", State.OK, "", "Writes.");
		} catch (HistoryException e) {
			statuses.set("history", State.FAILED, "WRITE", e.getMessage());
		}
	}

	/** What a scenario starts from. */
	Base base(WeaverState state) {
		Map<String, GroupUse> use = new HashMap<>();
		state.topology().groups().keySet().forEach(group -> use.put(group, groups.memory(group).use()));
		LeadTimes learned = provisioner.leadTimes();
		Map<String, Duration> leads = new HashMap<>();
		state.topology().groups().forEach((id, group) -> leads.put(id, lead(group, learned)));
		return new Base(state, use, views(state.topology(), state.time()), leads);
	}

	/** What there is to show while history loads: nothing is concluded from values of the past. */
	WeaverState loading(Instant now) {
		return state(now, merger.topology(), Shadow.empty(Shadow.Kind.UNATTENDED, now), Shadow.empty(Shadow.Kind.PLANNED, now), Optional.empty());
	}

	private WeaverState state(Instant now, Topology topology, Shadow unattended, Shadow planned, Optional<ProvisioningView> provisioning) {
		return new WeaverState(config.id(), config.name(), versions.getAsLong(), now, step, topology, ingest.metrics(), series, unattended,
				planned, thresholds, alerts.alerts(), provisioning.map(ProvisioningView::plans).orElse(List.of()),
				provisioning.map(ProvisioningView::queue).orElse(List.of()), provisioning.map(ProvisioningView::verdicts).orElse(List.of()), events.shown(now),
				anomalies.recent(now), modes, provisioning.map(ProvisioningView::killSwitch).orElseGet(provisioner::killSwitch),
				provisioning.map(ProvisioningView::report).orElse(ProvisioningReport.EMPTY), statuses.all());
	}

	/** From the newest series to the state: may be repeated within a tick, when a person has commanded something. */
	WeaverState decide(Instant now) {
		Topology topology = merger.topology();
		statuses.set("groups", merger.misfits().isEmpty() ? State.OK : State.DEGRADED, merger.misfits().isEmpty() ? "" : "DECISION",
				merger.misfits().isEmpty() ? "Works." : "Not as decided: " + String.join(" ", merger.misfits()));
		Map<String, GroupView> views = views(topology, now);
		ProvisioningView provisioning = provisioner.step(now, List.copyOf(views.values()), this::carriesTraffic);
		merger.replaceResources(PROVISIONER, provisioning.changes());
		made = (int) provisioning.queue().stream().filter(entry -> entry.state() == QueueEntry.State.READY || entry.state() == QueueEntry.State.DELETED).count();
		topology = merger.topology();
		Shadow unattended = shadows.weave(Shadow.Kind.UNATTENDED, topology, ingest.metrics(), series, views, now);
		Shadow planned = ShadowWeaver.differs(topology)
				? shadows.weave(Shadow.Kind.PLANNED, topology, ingest.metrics(), series, views, now)
				: new Shadow(Shadow.Kind.PLANNED, now, unattended.projected(), unattended.groups());
		Topology present = topology;
		LeadTimes leads = provisioner.leadTimes();
		probes.each(present, ingest.metrics(), series, unattended, group -> lead(present.groups().get(group), leads),
				id -> odds(present, id, now), probe -> alerts.probe(probe, now));
		alerts.retain(subject -> exists(present, subject), now);
		alerts.cover(alert -> covering(alert, provisioning), now);
		forecaster.statuses().forEach((model, status) -> statuses.set("model:" + model, status));
		statuses.replace("provisioning:", provisioning.statuses());
		return state(now, present, unattended, planned, Optional.of(provisioning));
	}

	List<AlertNotice> takeNotices() {
		return alerts.takeNotices();
	}

	/** In the unit of thresholds: of what has a 'full', a utilisation of the capacity that is ready now. */
	private BreachOdds odds(Topology topology, SeriesId id, Instant now) {
		return (limit, until) -> {
			Metric metric = ingest.metric(id.metric());
			double value = limit;
			if (id.isGroup() && metric.aggregation() != Aggregation.MAX) {
				String group = id.subject().substring(SeriesId.GROUP_PREFIX.length());
				ReadyCapacity ready = new ReadyCapacity(topology.members(group), false);
				value = limit * ready.at(id.metric(), now) - groups.memory(group).idle(id.metric()) * ready.count(now);
			} else if (!id.isGroup() && metric.full() == Metric.Full.CAPACITY) {
				value = limit * topology.resource(id.subject()).map(resource -> resource.capacity(id.metric())).orElse(Double.NaN);
			}
			double above = value;
			return Double.isNaN(above) ? above : forecaster.breach(id, now, time -> above, until).probability();
		};
	}

	private Map<String, GroupView> views(Topology topology, Instant now) {
		Map<String, GroupView> views = new LinkedHashMap<>();
		for (ScalingGroup group : topology.groups().values()) {
			List<Resource> live = topology.liveMembers(group.id());
			GroupBook.Memory memory = groups.memory(group.id());
			double imbalance = group.demand().stream().mapToDouble(d -> memory.imbalance(d.metric()).worst()).max().orElse(1);
			List<InstanceCapacity> capacities = new ArrayList<>();
			if (group.templates().isEmpty()) {
				capacities.addAll(Capacities.of(group, live, Optional.empty(), "", "", memory.idle, imbalance, now));
			}
			for (Template template : group.templates()) {
				List<Offer> offers = provisioner.offers().getOrDefault(template.provider(), List.of());
				offers.stream().filter(offer -> template.allows(offer.id())).forEach(offer -> capacities.addAll(Capacities.of(group, live,
						Optional.of(offer.capacity()), template.provider(), offer.id(), memory.idle, imbalance, now)));
				if (offers.isEmpty()) {
					template.offers().forEach(offer -> capacities.addAll(Capacities.of(group, live, Optional.empty(), template.provider(), offer, memory.idle, imbalance, now)));
				}
			}
			List<DemandView> demand = new ArrayList<>();
			int stale = 0;
			int inputs = 0;
			for (DemandTarget target : group.demand()) {
				SeriesId id = SeriesId.ofGroup(group.id(), target.metric());
				if (series.slot(id) < 0) {
					continue;
				}
				double observed = isFresh(id, now) ? series.value(id) : Double.NaN;
				Optional<Forecast> forecast = series.forecast(id);
				demand.add(new DemandView(target.metric(), forecast.flatMap(Forecast::bands), observed,
						forecast.map(Forecast::skill).orElse(Double.NaN), forecast.map(Forecast::coverage).orElse(Double.NaN),
						(limit, until) -> forecaster.breach(id, now, time -> limit, until).probability(), forecast.filter(Forecast::isPresent)
								.map(one -> new Plan.Basis(id, one.issuedAt(), (one.model() + " " + one.modelVersion()).strip(), one.skill(), one.coverage()))));
				for (Resource member : live) {
					inputs++;
					stale += isFresh(new SeriesId(member.id(), target.metric()), now) ? 0 : 1;
				}
			}
			views.put(group.id(), new GroupView(group, modes.getOrDefault(group.id(), Mode.OBSERVE), live, capacities, demand,
					inputs == 0 ? 1 : (double) stale / inputs));
		}
		return views;
	}

	private boolean isFresh(SeriesId id, Instant now) {
		int slot = series.slot(id);
		return slot >= 0 && series.time(slot) >= now.minus(step.multipliedBy(FRESH_STEPS)).toEpochMilli();
	}

	/** Requests where they are measured, any sample where they are not. */
	private boolean carriesTraffic(String resource) {
		SeriesId requests = new SeriesId(resource, Metric.REQUESTS.id());
		if (series.slot(requests) >= 0) {
			return series.value(requests) > 0;
		}
		return series.slot(new SeriesId(resource, Metric.CPU.id())) >= 0;
	}

	private static Duration lead(ScalingGroup group, LeadTimes leads) {
		Template template = group.template();
		return template == Template.NONE ? Duration.ZERO : leads.of(template.provider(), template.offers().isEmpty() ? "" : template.offers().getFirst()).p95();
	}

	private static boolean exists(Topology topology, String subject) {
		return subject.startsWith(SeriesId.GROUP_PREFIX)
				? topology.groups().containsKey(subject.substring(SeriesId.GROUP_PREFIX.length()))
				: topology.resource(subject).isPresent();
	}

	/** The plan of a group whose calls are made, while something of it is on its way. */
	private static Optional<String> covering(Alert alert, ProvisioningView provisioning) {
		if (!alert.subject().startsWith(SeriesId.GROUP_PREFIX)) {
			return Optional.empty();
		}
		String group = alert.subject().substring(SeriesId.GROUP_PREFIX.length());
		return provisioning.plans().stream().filter(plan -> plan.group().equals(group))
				.filter(plan -> plan.state() == Plan.State.EXECUTING || plan.state() == Plan.State.APPROVED)
				.filter(plan -> provisioning.queue().stream().anyMatch(entry -> entry.plan().equals(plan.id()) && isComing(entry)))
				.map(Plan::id).findFirst();
	}

	private static boolean isComing(QueueEntry entry) {
		return !entry.isFinal() && entry.kind() != io.shadowweaver.api.provision.Action.Kind.DELETE;
	}
}
