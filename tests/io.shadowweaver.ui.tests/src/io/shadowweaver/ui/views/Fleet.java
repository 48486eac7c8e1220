// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.ui.views;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import io.shadowweaver.api.alert.Alert;
import io.shadowweaver.api.alert.Severity;
import io.shadowweaver.api.alert.Threshold;
import io.shadowweaver.api.forecast.Anomaly;
import io.shadowweaver.api.forecast.Bands;
import io.shadowweaver.api.forecast.Forecast;
import io.shadowweaver.api.forecast.Levels;
import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.Series;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.model.Part;
import io.shadowweaver.api.plugin.Progress;
import io.shadowweaver.api.plugin.Status;
import io.shadowweaver.api.provision.Action;
import io.shadowweaver.api.provision.GuardOutcome;
import io.shadowweaver.api.provision.Mode;
import io.shadowweaver.api.provision.Plan;
import io.shadowweaver.api.provision.Price;
import io.shadowweaver.api.provision.ProvisioningReport;
import io.shadowweaver.api.provision.QueueEntry;
import io.shadowweaver.api.source.GroupPreview;
import io.shadowweaver.api.state.GroupOutlook;
import io.shadowweaver.api.state.SeriesIndex;
import io.shadowweaver.api.state.SeriesPages;
import io.shadowweaver.api.state.Shadow;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.api.topology.DemandTarget;
import io.shadowweaver.api.topology.Placement;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.api.topology.ScalingGroup;
import io.shadowweaver.api.topology.Selector;
import io.shadowweaver.api.topology.Template;
import io.shadowweaver.api.topology.Topology;
import io.shadowweaver.engine.Imagined;
import io.shadowweaver.engine.calendar.CalendarEntry;
import io.shadowweaver.engine.calendar.EventCalendar;
import io.shadowweaver.engine.calendar.ImportOptions;
import io.shadowweaver.engine.whatif.Base;
import io.shadowweaver.engine.whatif.Scenario;
import io.shadowweaver.engine.whatif.ScenarioException;
import io.shadowweaver.forecasting.BackTestReport;
import io.shadowweaver.forecasting.BackTestRequest;
import io.shadowweaver.forecasting.ForecastRule;
import io.shadowweaver.forecasting.Quality;
import io.shadowweaver.platform.ArchiveStores;
import io.shadowweaver.platform.ContributionInfo;
import io.shadowweaver.platform.ShadowPlatform;
import io.shadowweaver.replay.RuleTrialResult;
import io.shadowweaver.ui.core.AutomationHandle;
import io.shadowweaver.ui.core.Backend;
import io.shadowweaver.ui.core.ConnectionDraft;
import io.shadowweaver.ui.core.CursorPosition;
import io.shadowweaver.ui.core.EstateHandle;
import io.shadowweaver.ui.core.Frame;
import io.shadowweaver.ui.core.PastValues;

/** Two zones with three web servers each, an alert, a plan and an entry, all made by hand; commands are written down. */
final class Fleet implements EstateHandle, Backend {
	static final Instant NOW = Instant.parse("2026-03-03T12:00:00Z");

	final List<String> commands = new CopyOnWriteArrayList<>();
	private final FleetAutomation automation = new FleetAutomation(commands);
	private final List<Consumer<WeaverState>> subscribers = new CopyOnWriteArrayList<>();
	private final Optional<ShadowPlatform> platform;
	private final boolean empty;
	private volatile List<ForecastRule> forecastRules = List.of(ForecastRule.pin(new SeriesId("web-1", "cpu"), "ets"));
	private volatile EventCalendar calendar = EventCalendar.EMPTY;
	private volatile WeaverState state;
	private volatile Map<String, Status> statuses = Map.of();

	private Fleet(boolean empty, Optional<ShadowPlatform> platform, WeaverState state) {
		this.empty = empty;
		this.platform = platform;
		this.state = state;
	}

	/** The fleet with contributions of a real platform. */
	static Fleet over(Path directory) {
		return new Fleet(false, Optional.of(ShadowPlatform.open(directory)), stateOf(6));
	}

	/** The fleet with no contributions, for what needs no workbench. */
	static Fleet alone(int servers) {
		return new Fleet(false, Optional.empty(), stateOf(servers));
	}

	/** An engine without any estate. */
	static Fleet none() {
		return new Fleet(true, Optional.empty(), stateOf(0));
	}

	/** The frame of the start. */
	Frame frame() {
		return new Frame(this, state, CursorPosition.START, List.of(), PastValues.NOTHING);
	}

	private static WeaverState stateOf(int servers) {
		Map<String, Resource> resources = new LinkedHashMap<>();
		SeriesPages.Builder series = SeriesPages.empty(new SeriesIndex()).next();
		Map<SeriesId, Bands> projected = new LinkedHashMap<>();
		for (int i = 0; i < servers; i++) {
			String id = "web-" + i;
			resources.put(id, Resource.live(id, "vm", "Web " + i, Map.of(Resource.REGION, "eu", Resource.ZONE, i % 2 == 0 ? "a" : "b", "tier", "web"),
					Map.of("cpu", 4., "network.in", 1e8)));
			put(series, new SeriesId(id, "cpu"), .5 + .01 * i, projected);
			put(series, new SeriesId(id, "memory"), .4, projected);
			put(series, new SeriesId(id, "network.in"), 2e7, projected);
			put(series, new SeriesId(id, "latency"), .02, projected);
		}
		ScalingGroup web = new ScalingGroup("web", "Web servers", Selector.of("tier", "web"), ScalingGroup.Scaling.HORIZONTAL,
				ScalingGroup.Owner.WEAVER, 1, 20, 1, new Template("cloud", List.of("m1"), "", "", "", Map.of("tier", "web"), ""), Placement.ANYWHERE,
				List.of(new DemandTarget("cpu", .7)), "traffic", Duration.ofSeconds(30));
		put(series, SeriesId.ofGroup("web", "cpu"), 12, projected);
		Topology topology = servers == 0 ? Topology.EMPTY : new Topology(resources, Set.of(), Map.of("web", web));
		Map<String, Metric> metrics = new LinkedHashMap<>();
		List.of(Metric.CPU, Metric.MEMORY, Metric.NETWORK_IN, Metric.LATENCY).forEach(metric -> metrics.put(metric.id(), metric));
		Shadow unattended = new Shadow(Shadow.Kind.UNATTENDED, NOW, projected,
				Map.of("web", new GroupOutlook("web", List.of(NOW.plusSeconds(3600)), List.of(6), List.of(8))));
		Alert alert = new Alert("a1", "cpu", "web-1", "cpu", Severity.CRITICAL, Alert.State.OPEN, NOW, NOW.plusSeconds(3600), Optional.empty(),
				Optional.empty(), NOW.plusSeconds(3000), 1.2, .9, "Web 1 gets hot", "because demand grows", "add servers", "", "", List.of("raised"));
		Plan plan = new Plan("p1", "web", Plan.State.PROPOSED, NOW, List.of(), List.of(new Action(Action.Kind.CREATE, "cloud", 2, "m1", "a", "")),
				NOW.plusSeconds(3000), NOW.plusSeconds(3600), NOW.plusSeconds(2000), NOW.plusSeconds(4000), Duration.ofMinutes(5), Duration.ofMinutes(9),
				3, .1, "EUR", "", List.of(), List.of(), List.of(), "hash", List.of(new GuardOutcome("budget", true, "enough")), "web needs 2 more m1 in zone a by 13:00");
		QueueEntry entry = new QueueEntry("t1", "p0", "web", Action.Kind.CREATE, "cloud", "m1", "a", QueueEntry.State.JOURNALLED, "new:t1", NOW,
				NOW.plusSeconds(600), NOW.plusSeconds(900), .25, 0, Price.of(.05, "EUR"), "waits for the provider");
		boolean some = servers > 0;
		return new WeaverState("fleet", "Fleet", 1, NOW, Duration.ofMinutes(1), topology, metrics, series.build(), unattended,
				Shadow.empty(Shadow.Kind.PLANNED, NOW),
				List.of(new Threshold("cpu", "cpu", "", new Selector(Map.of()), .7, .9, .6, .9, "add servers")), some ? List.of(alert) : List.of(),
				some ? List.of(plan) : List.of(), some ? List.of(entry) : List.of(), List.of(), List.of(), some ? unusual() : List.of(), Map.of(), false, ProvisioningReport.EMPTY,
				Map.of("source:fleet", new Status(Status.State.DEGRADED, "LATE", "Every second answer is late.", NOW)));
	}

	private static List<Anomaly> unusual() {
		return List.of(new Anomaly(new SeriesId("web-1", "cpu"), NOW.minusSeconds(300), Anomaly.Kind.VALUE, .93, .51, .97, "far above its band"),
				new Anomaly(SeriesId.ofGroup("web", "cpu"), NOW.minusSeconds(3600), Anomaly.Kind.FORECAST, 20, 12, .8, "no day was like that"));
	}

	private static void put(SeriesPages.Builder series, SeriesId id, double value, Map<SeriesId, Bands> projected) {
		int slot = series.slot(id);
		series.value(slot, NOW.toEpochMilli(), value);
		long[] leads = { 300_000, 3_600_000, 86_400_000 };
		float[] values = new float[leads.length * Levels.COUNT];
		for (int i = 0; i < values.length; i++) {
			values[i] = (float) (value * (1 + .02 * (i % Levels.COUNT) + .1 * (i / Levels.COUNT)));
		}
		Bands bands = new Bands(NOW, leads, values);
		series.forecast(slot, new Forecast(id, NOW, "ets", "1", .3, .8, 40, Optional.of(bands), "", Optional.empty()));
		if (!id.isGroup()) {
			projected.put(id, bands);
		}
	}

	@Override
	public String id() {
		return "fleet";
	}

	@Override
	public String name() {
		return "Fleet";
	}

	@Override
	public WeaverState state() {
		return state;
	}

	@Override
	public AutoCloseable subscribe(Consumer<WeaverState> callback) {
		subscribers.add(callback);
		return () -> subscribers.remove(callback);
	}

	@Override
	public Series history(SeriesId id, Instant from, Instant to, Duration step) {
		double[] values = new double[(int) (Duration.between(from, to).toMillis() / step.toMillis())];
		for (int i = 0; i < values.length; i++) {
			values[i] = .5 + .1 * Math.sin(i / 20.);
		}
		return Series.of(from, step, values);
	}

	@Override
	public Forecast path(SeriesId id, List<Duration> leads) {
		return state.series().forecast(id).orElseThrow();
	}

	@Override
	public WeaverState state(Instant until) {
		return state();
	}

	@Override
	public Imagined imagine(Scenario scenario) throws ScenarioException {
		return Imagined.of(new Base(state, Map.of(), Map.of(), Map.of()), scenario);
	}

	@Override
	public Optional<Quality> quality(SeriesId id) {
		List<Quality.LeadQuality> leads = List.of(new Quality.LeadQuality(Duration.ofMinutes(5), .4, .81, .03, .5, 900),
				new Quality.LeadQuality(Duration.ofHours(1), id.metric().equals("latency") ? -.2 : .3, .6, .08, .9, 800));
		return Optional.of(new Quality(id, "ets", "3", Optional.of(NOW.minusSeconds(600)), Duration.ofMinutes(5), List.of(Duration.ofDays(1)), 4000, leads,
				List.of(new Quality.Score("ets", .7, "", Duration.ofMillis(12)), new Quality.Score("naive", 1.2, "", Duration.ofMillis(1)),
						new Quality.Score("arima", Double.NaN, "It does not converge.", Duration.ofMillis(900))),
				"It has the least error.", "trained on schedule",
				Optional.of(new Quality.Step("A weekly pattern: it needs two weeks.", NOW.plus(Duration.ofDays(3)))),
				List.of(new Quality.Change(NOW.minusSeconds(7200), "drift", "naive", "ets", 1.3, .7)), Optional.of(BackTested.intervals())));
	}

	@Override
	public BackTestReport backTest(SeriesId id, BackTestRequest request, Progress progress) {
		commands.add("backTest " + id + " " + request.models());
		return BackTested.report(id, NOW, request.models());
	}

	@Override
	public List<Part> explain(SeriesId id, List<Duration> leads) {
		return id.metric().equals("latency") ? List.of() : BackTested.parts(leads);
	}

	@Override
	public int retrain(Collection<SeriesId> ids, Progress progress) {
		commands.add("retrain " + ids);
		return ids.size();
	}

	@Override
	public void pin(SeriesId id, Optional<String> model) {
		commands.add("pin " + id + " " + model.orElse("none"));
	}

	@Override
	public List<ForecastRule> forecastRules() {
		return forecastRules;
	}

	@Override
	public void forecastRules(List<ForecastRule> rules) {
		forecastRules = List.copyOf(rules);
	}

	@Override
	public Optional<String> pinned(SeriesId id) {
		return Optional.empty();
	}

	@Override
	public RuleTrialResult tryRule(SeriesId demand, RuleTrialResult.Rule rule, Duration back, Progress progress) {
		commands.add("tryRule " + demand + " " + rule.lead() + " " + rule.target() + " " + back);
		return BackTested.trial(demand, rule, NOW);
	}

	@Override
	public List<CalendarEntry> calendar() {
		return calendar.entries();
	}

	@Override
	public void addToCalendar(Collection<CalendarEntry> entries) {
		calendar = calendar.with(entries);
		tick(state.killSwitch());
	}

	@Override
	public void removeFromCalendar(Collection<String> ids) {
		calendar = calendar.without(ids);
		tick(state.killSwitch());
	}

	@Override
	public int importCalendar(List<Path> files, ImportOptions options) {
		commands.add("import " + files + " " + options.kind());
		return 0;
	}

	@Override
	public void acknowledge(String alert, String person) {
		commands.add("acknowledge " + alert);
	}

	@Override
	public void approve(String plan, String person) {
		commands.add("approve " + plan);
	}

	@Override
	public void reject(String plan, String person) {
		commands.add("reject " + plan);
	}

	@Override
	public void cancel(String token, String person) {
		commands.add("cancel " + token);
	}

	@Override
	public void killSwitch(boolean on, String person) {
		commands.add("killSwitch " + on);
		tick(on);
	}

	/** Halts the group, as after machines that never carried traffic. */
	void halt() {
		statuses = Map.of("provisioning:group:web", new Status(Status.State.FAILED, "HALTED", "Web servers is halted until a person resumes it: the last 2 machines never carried traffic.", NOW));
		tick(state.killSwitch());
	}

	private void tick(boolean killed) {
		WeaverState old = state;
		state = new WeaverState(old.estate(), old.name(), old.version() + 1, old.time(), old.step(), old.topology(), old.metrics(), old.series(),
				old.unattended(), old.planned(), old.thresholds(), old.alerts(), old.plans(), old.queue(), old.verdicts(), old.events(), old.anomalies(), old.modes(), killed,
				old.report(), statuses.isEmpty() ? old.statuses() : statuses);
		subscribers.forEach(subscriber -> subscriber.accept(state));
	}

	@Override
	public AutomationHandle automation() {
		return automation;
	}

	@Override
	public void mode(String group, Mode mode) {
		commands.add("mode " + group + " " + mode);
	}

	@Override
	public void thresholds(List<Threshold> thresholds) {
		commands.add("thresholds " + thresholds.size());
	}

	@Override
	public boolean ownTime() {
		return true;
	}

	@Override
	public double speed() {
		return 60;
	}

	@Override
	public void speed(double factor) {
		commands.add("speed " + factor);
	}

	@Override
	public List<EstateHandle> estates() {
		return empty ? List.of() : List.of(this);
	}

	@Override
	public AutoCloseable onEstatesChanged(Runnable callback) {
		return () -> {
			// they never change
		};
	}

	@Override
	public Optional<ArchiveStores> archiveStores() {
		return platform.map(ShadowPlatform::stores);
	}

	@Override
	public List<ContributionInfo> contributions() {
		return platform.map(ShadowPlatform::contributions).orElse(List.of());
	}

	@Override
	public List<Status> problems() {
		return List.of();
	}

	@Override
	public Status test(ConnectionDraft draft) {
		return platform.orElseThrow().test(draft.point(), draft.type(), draft.settings());
	}

	@Override
	public Optional<GroupPreview> preview(String type, Map<String, String> settings) {
		return Optional.empty();
	}

	@Override
	public String connect(ConnectionDraft draft) {
		commands.add("connect " + draft.id() + draft.type() + " " + new java.util.TreeMap<>(draft.settings()).get("file"));
		return "fleet";
	}

	@Override
	public void disconnect(String estate) {
		commands.add("disconnect " + estate);
	}

	@Override
	public void close() {
		platform.ifPresent(ShadowPlatform::close);
	}

	/** The names of nodes, depth first, indented. */
	static List<String> outline(List<TreeNode> nodes, String indent) {
		List<String> lines = new ArrayList<>();
		for (TreeNode node : nodes) {
			lines.add(indent + node.name());
			lines.addAll(outline(node.children(), indent + " "));
		}
		return lines;
	}
}
