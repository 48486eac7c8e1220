// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.scene;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

import io.shadowweaver.api.alert.Alert;
import io.shadowweaver.api.alert.Severity;
import io.shadowweaver.api.forecast.Bands;
import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.state.SeriesPages;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.api.topology.Topology;
import io.shadowweaver.scene.SceneModel.Alarm;
import io.shadowweaver.scene.SceneModel.Ghost;
import io.shadowweaver.scene.SceneModel.Node;

/** Makes the block of one resource: height, colour, shadow, alarm. Made anew for each scene. */
final class NodeMaker {
	/** A shadow is drawn where it differs by this much. */
	private static final double NOTEWORTHY = .05;
	private static final float TALLEST = 2.5f * SceneModel.FULL;
	private static final float[] SIZES = { .46f, .60f, .72f };

	private final WeaverState state;
	private final ViewSettings view;
	private final Metric metric;
	private final Instant shown;
	private final boolean inPast;
	private final PastValues past;
	private final Layout layout;
	private final Trust trust;
	private final Map<String, Alarm> alarms;
	private final Oddities oddities;
	private final Providers providers;
	private final double largest;
	private final double largestCapacity;
	private final double typicalRoot;
	private final HeatScale differences;
	private final HeatScale uncertainties;
	private final Map<Limits, HeatScale> scales = new HashMap<>();
	private Limits commonest;
	private final Map<Limits, Integer> counts = new HashMap<>();

	NodeMaker(WeaverState state, ViewSettings view, Metric metric, Instant shown, boolean inPast, PastValues past, Layout layout, Trust trust,
			Oddities oddities, Providers providers) {
		this.state = state;
		this.view = view;
		this.metric = metric;
		this.shown = shown;
		this.inPast = inPast;
		this.past = past;
		this.layout = layout;
		this.trust = trust;
		this.providers = providers;
		this.oddities = oddities;
		alarms = alarms(state);
		differences = HeatScale.ofDifference(view.palette());
		uncertainties = HeatScale.ofUncertainty(view.palette());
		largest = largestValue();
		largestCapacity = state.topology().resources().values().stream().mapToDouble(r -> r.capacity(metric.id())).filter(Double::isFinite).max()
				.orElse(Double.NaN);
		double[] roots = state.topology().resources().values().stream().mapToDouble(NodeMaker::root).filter(Double::isFinite).sorted().toArray();
		typicalRoot = roots.length == 0 ? Double.NaN : roots[roots.length / 2];
	}

	/** The worst active alert of each subject. */
	static Map<String, Alarm> alarms(WeaverState state) {
		Map<String, Alarm> worst = new HashMap<>();
		state.alerts().stream().filter(Alert::isActive).sorted(Comparator.comparing((Alert a) -> a.severity() == Severity.CRITICAL ? 0 : 1)
				.thenComparing(a -> a.state() == Alert.State.OPEN ? 0 : 1).thenComparing(Alert::breachAt))
				.forEach(a -> worst.putIfAbsent(a.subject(), new Alarm(a.id(), a.severity(), a.metric(), a.breachAt(), a.startBy(),
						a.state() == Alert.State.ACKNOWLEDGED, a.state() == Alert.State.COVERED)));
		return worst;
	}

	/** The worst active alert of a resource, or of a group itself by its key. */
	Optional<Alarm> alarm(String subject) {
		return inPast ? Optional.empty() : Optional.ofNullable(alarms.get(subject));
	}

	/** The scale of most blocks, for the legend. */
	HeatScale scale() {
		return switch (view.heat()) {
		case PREDICTED -> scale(limits());
		case DIFFERENCE -> differences;
		case CONFIDENCE -> uncertainties;
		};
	}

	/** The limits of most blocks. */
	Limits limits() {
		return commonest == null ? new Limits(.7, .9, 1, false) : commonest;
	}

	private double largestValue() {
		double most = 0;
		SeriesPages series = state.series();
		for (int slot = 0; slot < series.size(); slot++) {
			if (!series.id(slot).isGroup() && series.id(slot).metric().equals(metric.id()) && series.value(slot) > most) {
				most = series.value(slot);
			}
		}
		return most;
	}

	private static double root(Resource resource) {
		double cores = resource.capacity(Metric.CPU.id());
		return Math.sqrt(Double.isFinite(cores) ? cores : resource.capacity(Metric.REQUESTS.id()));
	}

	private float size(Resource resource) {
		double share = root(resource) / typicalRoot;
		return !Double.isFinite(share) ? SIZES[1] : SIZES[share < .75 ? 0 : share > 1.3 ? 2 : 1];
	}

	private HeatScale scale(Limits limits) {
		return scales.computeIfAbsent(limits, key -> HeatScale.of(key, view.palette()));
	}

	/** A value in base units as a share of what is full. */
	private double use(Resource resource, Limits limits, double value) {
		return switch (metric.full()) {
		case ONE -> value;
		case CAPACITY -> {
			double capacity = resource.capacity(metric.id());
			yield value / (Double.isFinite(capacity) ? capacity : Double.isFinite(largestCapacity) ? largestCapacity : Math.max(largest, 1));
		}
		case NONE -> value / limits.full();
		};
	}

	/** The unit of limits and colours: utilisation, or base units for a metric without 'full'. */
	private double scaled(Limits limits, double use) {
		return metric.full() == Metric.Full.NONE ? use * limits.full() : use;
	}

	private static float height(double use) {
		return Double.isFinite(use) ? (float) Math.clamp(use * SceneModel.FULL, .02, TALLEST) : 0;
	}

	Node node(Resource resource) {
		SeriesId id = new SeriesId(resource.id(), metric.id());
		Limits limits = Limits.of(state.thresholds(), metric, resource, largest);
		if (counts.merge(limits, 1, Integer::sum) > counts.getOrDefault(commonest, 0) || commonest == null) {
			commonest = limits;
		}
		Layout.Cell cell = layout.cell(resource.id()).orElseThrow();
		int slot = state.series().slot(id);
		boolean coming = resource.lifecycle().isComing();
		double value = inPast ? past.at(id) : slot < 0 ? Double.NaN : state.series().value(slot);
		boolean stale = !coming && (Double.isNaN(value)
				|| !inPast && state.series().time(slot) < state.time().minus(state.step().multipliedBy(3)).toEpochMilli());
		double use = use(resource, limits, value);
		boolean selected = view.selection().contains(resource.id());
		boolean hovered = view.hover().equals(resource.id());
		Optional<Alarm> alarm = alarm(resource.id());
		Optional<Quantiles> shape = inPast ? Optional.empty() : shape(id, v -> use(resource, limits, v));
		Optional<Ghost> ghost = shape.map(s -> ghost(s, use, limits, coming, selected || hovered || alarm.isPresent()));
		int colour = colour(use, shape, limits, stale);
		float pulse = alarm.filter(Alarm::isOpen).map(a -> a.severity() == Severity.CRITICAL ? 1f : .5f).orElse(0f);
		float height = coming ? 0 : height(use);
		float frame = SceneModel.FULL;
		if (view.tide() && !inPast) {
			height = coming ? 0 : tide(timeToBreach(id, resource, limits));
			ghost = Optional.empty();
			frame = Float.NaN;
		}
		double expected = view.ghosts() && !inPast ? use(resource, limits, trust.expected(id, state.time(), view.lookAhead())) : Double.NaN;
		String name = resource.name().isBlank() ? resource.id() : resource.name();
		return new Node(resource.id(), Words.brief(name), Shape.of(resource.kind()), GroupKey.of(state.topology(), resource, view.arrangement().groupBy()), resource.lifecycle(), cell.x(), cell.y(), size(resource),
				height, frame, use, Words.value(metric, value), colour, stale, ghost, alarm, pulse, selected, hovered,
				resource.construction(), Double.isFinite(expected) ? height(expected) : Float.NaN, oddities.of(resource.id()),
				providers.colour(resource));
	}

	/** The quantiles of a shadow at the shown moment, as utilisation. */
	private record Quantiles(double low, double median, double high, double chosen) {
		Quantiles towards(Quantiles other, double share) {
			return new Quantiles(low + (other.low - low) * share, median + (other.median - median) * share, high + (other.high - high) * share,
					chosen + (other.chosen - chosen) * share);
		}
	}

	private Optional<Quantiles> shape(SeriesId id, DoubleUnaryOperator use) {
		Optional<Quantiles> planned = view.unattended() >= 1 ? Optional.empty()
				: state.planned().bands(id, state.series()).flatMap(bands -> shape(bands, use));
		Optional<Quantiles> unattended = view.unattended() <= 0 ? Optional.empty()
				: state.unattended().bands(id, state.series()).flatMap(bands -> shape(bands, use));
		if (planned.isPresent() && unattended.isPresent()) {
			return Optional.of(planned.get().towards(unattended.get(), view.unattended()));
		}
		return planned.isPresent() ? planned : unattended;
	}

	private Optional<Quantiles> shape(Bands bands, DoubleUnaryOperator use) {
		Instant at = shown.isAfter(bands.end()) ? bands.end() : shown;
		double median = use.applyAsDouble(bands.at(at, .5));
		if (!Double.isFinite(median) || shown.isAfter(bands.end().plus(Duration.ofHours(1)))) {
			return Optional.empty();
		}
		return Optional.of(new Quantiles(use.applyAsDouble(bands.at(at, .1)), median, use.applyAsDouble(bands.at(at, .9)),
				use.applyAsDouble(bands.at(at, view.quantile()))));
	}

	/**
	 * The shadow of a group by the forecast of its own series, as a share of the capacity of its live members together; empty
	 * where it has none, or the metric has no 'full' that a group could share.
	 *
	 * @param like a member, whose limits are those of the group and whose block the shadow stands around
	 */
	Optional<Ghost> groupGhost(String key, Node like) {
		Resource resource = state.topology().resources().get(like.id());
		if (inPast || view.tide() || !key.startsWith(SeriesId.GROUP_PREFIX) || metric.full() == Metric.Full.NONE || resource == null) {
			return Optional.empty();
		}
		double capacity = state.topology().liveMembers(key.substring(SeriesId.GROUP_PREFIX.length())).stream()
				.mapToDouble(member -> member.capacity(metric.id())).sum();
		Limits limits = Limits.of(state.thresholds(), metric, resource, largest);
		return shape(new SeriesId(key, metric.id()), value -> value / capacity)
				.map(shape -> ghost(shape, like.use(), limits, false, like.selected() || like.hovered()));
	}

	private Ghost ghost(Quantiles shape, double use, Limits limits, boolean coming, boolean wanted) {
		boolean breaches = scaled(limits, shape.chosen) >= limits.warning();
		boolean differs = coming || !Double.isFinite(use) || Math.abs(shape.median - use) >= NOTEWORTHY;
		int colour = switch (view.heat()) {
		case PREDICTED -> scale(limits).colour(scaled(limits, shape.median));
		case DIFFERENCE -> differences.colour(Double.isFinite(use) ? shape.median - use : shape.median);
		case CONFIDENCE -> uncertainties.colour(shape.high - shape.low);
		};
		return new Ghost(height(shape.median), height(Math.max(shape.chosen, shape.median)), shape.median, shape.chosen, colour,
				Double.isFinite(use) && shape.median < use - .01, wanted || breaches || differs);
	}

	/** In 'predicted' the block itself shows what is; in the two others the whole of it shows what the heat tells. */
	private int colour(double use, Optional<Quantiles> shape, Limits limits, boolean stale) {
		if (stale) {
			return view.palette().stale();
		}
		if (view.heat() == HeatMode.PREDICTED || inPast) {
			return scale(limits).colour(scaled(limits, Double.isFinite(use) ? use : 0));
		}
		if (shape.isEmpty()) {
			return Oklab.mix(view.palette().grid(), view.palette().stale(), .5);
		}
		return view.heat() == HeatMode.DIFFERENCE ? differences.colour(shape.get().median - use)
				: uncertainties.colour(shape.get().high - shape.get().low);
	}

	/** How long until the chosen quantile of the unattended shadow is critical; a day when it is not. */
	private Duration timeToBreach(SeriesId id, Resource resource, Limits limits) {
		Optional<Bands> bands = state.unattended().bands(id, state.series());
		if (bands.isPresent()) {
			for (int lead = 0; lead < bands.get().leads(); lead++) {
				Instant time = bands.get().time(lead);
				if (!time.isBefore(state.time()) && scaled(limits, use(resource, limits, bands.get().at(time, view.quantile()))) >= limits.critical()) {
					return Duration.between(state.time(), time);
				}
			}
		}
		return Duration.ofDays(1);
	}

	/** Height of the tide: the logarithm of a time, a day is as high as the frame. */
	static float tide(Duration time) {
		double minutes = Math.max(0, time.toSeconds() / 60.);
		return (float) Math.max(.04, Math.log1p(minutes / 5) / Math.log1p(1440 / 5.) * SceneModel.FULL);
	}

	/** The live members of a group's key, for other makers. */
	static List<Resource> membersOf(Topology topology, String key) {
		return key.startsWith(SeriesId.GROUP_PREFIX) ? topology.members(key.substring(SeriesId.GROUP_PREFIX.length())) : List.of();
	}
}
