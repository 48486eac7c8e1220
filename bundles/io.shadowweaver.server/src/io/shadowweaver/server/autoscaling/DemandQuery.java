// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.server.autoscaling;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;

import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.server.AutoscalingSettings;
import io.shadowweaver.server.rest.Moments;

/**
 * What an autoscaler asks for.
 *
 * @param estate     its id; empty where there is only one
 * @param series     whose demand
 * @param horizon    how far ahead
 * @param quantile   of the forecast, over 0 and under 1
 * @param target     demand that one replica takes; empty for what members of the group can take
 * @param activation over this demand there should be replicas at all
 */
record DemandQuery(Optional<String> estate, SeriesId series, Duration horizon, double quantile, OptionalDouble target, double activation) {
	static final String ESTATE = "estate";
	static final String GROUP = "group";
	static final String SUBJECT = "subject";
	static final String METRIC = "metric";
	static final String HORIZON = "horizon";
	static final String QUANTILE = "quantile";
	private static final String TARGET = "target";
	private static final String ACTIVATION = "activationTarget";
	private static final Set<String> OURS = Set.of(ESTATE, GROUP, SUBJECT, METRIC, HORIZON, QUANTILE, TARGET, ACTIVATION);
	/** What KEDA itself reads of the metadata of a trigger, and hands on. */
	private static final Set<String> OF_KEDA = Set.of("scalerAddress", "enableTLS", "unsafeSsl", "tlsCertFile", "caCert", "tlsClientCert", "tlsClientKey");

	/**
	 * Reads the metadata of a trigger.
	 *
	 * @param usual what holds for what it leaves out
	 * @throws DemandException when something is wrong, unknown or missing
	 */
	static DemandQuery of(Map<String, String> metadata, AutoscalingSettings usual) throws DemandException {
		for (String key : metadata.keySet()) {
			if (!OURS.contains(key) && !OF_KEDA.contains(key)) {
				throw invalid("The metadata '" + key + "' is not known; " + String.join(", ", new TreeSet<>(OURS)) + " are.");
			}
		}
		String metric = text(metadata, METRIC).orElseThrow(() -> invalid("The metadata 'metric' is missing: the metric whose demand is asked for."));
		OptionalDouble target = number(metadata, TARGET);
		if (target.isPresent() && !(target.getAsDouble() > 0)) {
			throw invalid("target must be over 0: " + metadata.get(TARGET));
		}
		return new DemandQuery(text(metadata, ESTATE), new SeriesId(subject(metadata), metric), horizon(text(metadata, HORIZON), usual), quantile(number(metadata, QUANTILE), usual), target,
				number(metadata, ACTIVATION).orElse(0));
	}

	private static String subject(Map<String, String> metadata) throws DemandException {
		Optional<String> group = text(metadata, GROUP);
		Optional<String> subject = text(metadata, SUBJECT);
		if (group.isPresent() == subject.isPresent()) {
			throw invalid("The metadata must name either a 'group' or a 'subject', which is a resource.");
		}
		return group.map(name -> SeriesId.GROUP_PREFIX + name).orElseGet(subject::get);
	}

	/**
	 * How far ahead.
	 *
	 * @param text an ISO duration or one such as {@code 10m}; empty for the usual
	 * @throws DemandException when it is no duration or out of range
	 */
	static Duration horizon(Optional<String> text, AutoscalingSettings usual) throws DemandException {
		if (text.isEmpty()) {
			return usual.horizon();
		}
		try {
			Duration horizon = Moments.lead(text.get());
			if (horizon.isNegative() || horizon.isZero() || horizon.compareTo(AutoscalingSettings.LONGEST) > 0) {
				throw invalid("horizon must be over 0 and at most 90 days: " + text.get());
			}
			return horizon;
		} catch (DateTimeException | ArithmeticException e) {
			throw invalid("horizon: '" + text.get() + "' is no duration such as 10m or PT10M.");
		}
	}

	/**
	 * Which quantile.
	 *
	 * @throws DemandException when it is out of range
	 */
	static double quantile(OptionalDouble number, AutoscalingSettings usual) throws DemandException {
		double quantile = number.orElse(usual.quantile());
		if (!(quantile > 0 && quantile < 1)) {
			throw invalid("quantile must be over 0 and under 1: " + quantile);
		}
		return quantile;
	}

	/** How the metric is called towards the autoscaler: lower-case letters, digits and hyphens, with the estate where the question names one. */
	String name() {
		return ("shadowweaver-" + estate.map(id -> id + "-").orElse("") + series.subject() + "-" + series.metric()).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
	}

	static Optional<String> text(Map<String, String> metadata, String key) {
		return Optional.ofNullable(metadata.get(key)).map(String::strip).filter(value -> !value.isEmpty());
	}

	static OptionalDouble number(Map<String, String> metadata, String key) throws DemandException {
		Optional<String> text = text(metadata, key);
		if (text.isEmpty()) {
			return OptionalDouble.empty();
		}
		try {
			double number = Double.parseDouble(text.get());
			if (Double.isFinite(number)) {
				return OptionalDouble.of(number);
			}
		} catch (NumberFormatException e) {
			// said below
		}
		throw invalid(key + ": '" + text.get() + "' is no number.");
	}

	private static DemandException invalid(String message) {
		return new DemandException(DemandException.Kind.INVALID, message);
	}
}
