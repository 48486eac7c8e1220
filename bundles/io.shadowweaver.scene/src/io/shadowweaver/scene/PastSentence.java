// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.scene;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import io.shadowweaver.api.alert.Severity;
import io.shadowweaver.api.metric.Metric;
import io.shadowweaver.api.metric.SeriesId;
import io.shadowweaver.api.state.WeaverState;
import io.shadowweaver.api.topology.Resource;
import io.shadowweaver.scene.SceneModel.Headline;

/** Writes the sentence of a moment of the past: what the metric that is shown was, by what is known of it. */
final class PastSentence {
	private final WeaverState state;
	private final ViewSettings view;
	private final PastValues past;
	private int known;
	private int warned;
	private int critical;
	private Resource worst;
	private Limits worstLimits;
	private double worstValue = Double.NaN;
	private double worstRatio = Double.NEGATIVE_INFINITY;

	PastSentence(WeaverState state, ViewSettings view, PastValues past) {
		this.state = state;
		this.view = view;
		this.past = past;
	}

	/**
	 * @param time    the moment
	 * @param present what is said of now
	 */
	Headline of(Instant time, Headline present) {
		Metric metric = state.metrics().get(view.metric());
		if (metric != null) {
			state.topology().resources().values().stream().filter(resource -> resource.lifecycle().carriesLoad()).forEach(resource -> look(metric, resource));
		}
		String when = "At " + Words.time(time, state.time(), view.zone()) + ", " + Words.span(Duration.between(time, state.time())) + " ago: ";
		Optional<Severity> severity = critical > 0 ? Optional.of(Severity.CRITICAL) : warned > 0 ? Optional.of(Severity.WARNING) : Optional.empty();
		return new Headline(when + what(metric), HeadlineWriter.now(present), severity, present.fresh(), severity.isPresent() ? worst.id() : "");
	}

	private void look(Metric metric, Resource resource) {
		double value = past.at(new SeriesId(resource.id(), metric.id()));
		double used = metric.full() == Metric.Full.CAPACITY ? value / resource.capacity(metric.id()) : value;
		if (Double.isNaN(used)) {
			return;
		}
		known++;
		Limits limits = Limits.of(state.thresholds(), metric, resource, Double.NaN);
		double ratio = limits.ruled() ? used / limits.critical() : used;
		if (limits.ruled() && used >= limits.critical()) {
			critical++;
		} else if (limits.ruled() && used >= limits.warning()) {
			warned++;
		}
		if (ratio > worstRatio || ratio == worstRatio && resource.id().compareTo(worst.id()) < 0) {
			worst = resource;
			worstLimits = limits;
			worstValue = used;
			worstRatio = ratio;
		}
	}

	private String what(Metric metric) {
		if (known == 0) {
			return "nothing is known of " + (metric == null ? view.metric() : metric.name()) + " (yet).";
		}
		String name = Words.subject(state.topology(), worst.id());
		if (critical + warned == 0) {
			return "no " + metric.name() + " was over a threshold; the highest was " + name + " (" + value(metric, worstValue) + ").";
		}
		double limit = critical > 0 ? worstLimits.critical() : worstLimits.warning();
		int others = critical + warned - 1;
		return name + ": " + metric.name() + " was over " + (critical > 0 ? "critical" : "the warning") + " (" + value(metric, limit) + ") at " + value(metric, worstValue)
				+ (others == 0 ? "." : ", " + others + " more over a threshold.");
	}

	private static String value(Metric metric, double used) {
		return metric.full() == Metric.Full.NONE ? Words.value(metric, used) : Math.round(used * 100) + "\u00a0%";
	}
}
