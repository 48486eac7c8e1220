// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.autoscaling;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.shadowweaver.api.forecast.Bands;
import io.shadowweaver.api.forecast.Forecast;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.api.topology.DemandTarget;
import io.shadowweaver.api.topology.ScalingGroup;
import io.shadowweaver.engine.Weaver;
import io.shadowweaver.server.AutoscalingSettings;

/** The demand that is forecast, as everything that scales by it reads it: of data that are too old it tells nothing. Thread-safe. */
public final class DemandReader {
	private final Supplier<List<Weaver>> estates;
	private final AutoscalingSettings settings;

	/**
	 * @param estates  the open ones; asked at each question
	 * @param settings how old data may be
	 */
	public DemandReader(Supplier<List<Weaver>> estates, AutoscalingSettings settings) {
		this.estates = estates;
		this.settings = settings;
	}

	/**
	 * Demand to come.
	 *
	 * @param value in the base unit of the metric, finite
	 * @param time  at which it is expected
	 */
	public record Demand(double value, Instant time) {
	}

	/** What autoscalers are told. */
	AutoscalingSettings settings() {
		return settings;
	}

	/**
	 * The estate that a question names.
	 *
	 * @param id empty for the only one
	 * @throws DemandException when it is not open, or there are several to choose from
	 */
	Weaver weaver(Optional<String> id) throws DemandException {
		List<Weaver> open = estates.get();
		if (id.isEmpty() && open.size() == 1) {
			return open.getFirst();
		}
		String names = open.isEmpty() ? "none is open" : "open are " + open.stream().map(weaver -> weaver.config().id()).collect(Collectors.joining(", "));
		if (id.isEmpty()) {
			throw new DemandException(open.isEmpty() ? DemandException.Kind.UNAVAILABLE : DemandException.Kind.INVALID, "An estate must be named: " + names + ".");
		}
		return open.stream().filter(weaver -> weaver.config().id().equals(id.get())).findFirst()
				.orElseThrow(() -> new DemandException(DemandException.Kind.UNKNOWN, "There is no estate '" + id.get() + "'; " + names + "."));
	}

	/**
	 * What is expected of a series.
	 *
	 * @param time     when
	 * @param quantile of its forecast, over 0 and under 1
	 * @throws DemandException when there is no such series, its newest value is too old, or no forecast reaches that time
	 */
	public Demand read(Weaver weaver, SeriesId id, Instant time, double quantile) throws DemandException {
		WeaverState state = weaver.state();
		int slot = state.series().slot(id);
		if (slot < 0) {
			throw new DemandException(DemandException.Kind.UNKNOWN, "The estate " + state.estate() + " has no series " + id.subject() + "/" + id.metric() + ".");
		}
		if (Double.isNaN(state.series().value(slot))) {
			throw unavailable("The series " + id.subject() + "/" + id.metric() + " has no value yet.");
		}
		Instant newest = Instant.ofEpochMilli(state.series().time(slot));
		Duration limit = settings.staleAfter(state.step());
		if (Duration.between(newest, weaver.now()).compareTo(limit) > 0) {
			throw unavailable("The newest value of " + id.subject() + "/" + id.metric() + " is of " + newest + ", which is older than " + limit + ".");
		}
		Optional<Forecast> forecast = state.series().forecast(slot);
		Optional<Bands> bands = forecast.flatMap(Forecast::bands);
		double value = bands.map(one -> one.at(time, quantile)).orElse(Double.NaN);
		if (!Double.isFinite(value)) {
			throw unavailable(forecast.map(Forecast::reason).filter(reason -> !reason.isEmpty()).orElse("No forecast reaches " + time + "."));
		}
		return new Demand(value, time);
	}

	/** The same of a question, from the time of the state on. */
	Demand read(DemandQuery query) throws DemandException {
		Weaver weaver = weaver(query.estate());
		return read(weaver, query.series(), weaver.state().time().plus(query.horizon()), query.quantile());
	}

	/**
	 * How much one replica takes: what the question says, otherwise what live members of the group can take in the mean at their safe utilisation.
	 *
	 * @throws DemandException when neither is known
	 */
	double target(DemandQuery query) throws DemandException {
		WeaverState state = weaver(query.estate()).state();
		if (query.target().isPresent()) {
			return query.target().getAsDouble();
		}
		String subject = query.series().subject();
		String group = subject.startsWith(SeriesId.GROUP_PREFIX) ? subject.substring(SeriesId.GROUP_PREFIX.length()) : "";
		ScalingGroup found = state.topology().groups().get(group);
		OptionalDouble safe = found == null ? OptionalDouble.empty()
				: found.demand().stream().filter(demand -> demand.metric().equals(query.series().metric())).mapToDouble(DemandTarget::target).findFirst();
		OptionalDouble capacity = state.topology().liveMembers(group).stream().mapToDouble(member -> member.capacity(query.series().metric())).filter(one -> one > 0 && Double.isFinite(one)).average();
		if (safe.isEmpty() || capacity.isEmpty()) {
			throw new DemandException(DemandException.Kind.INVALID,
					"The metadata 'target' is missing, and no capacity of " + subject + " for " + query.series().metric() + " is known that could stand for it.");
		}
		return safe.getAsDouble() * capacity.getAsDouble();
	}

	private static DemandException unavailable(String message) {
		return new DemandException(DemandException.Kind.UNAVAILABLE, message);
	}
}
