// SPDX-License-Identifier: Apache-2.0
package io.shadowweaver.forecasting;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

import io.shadowweaver.api.forecast.Bands;
import io.shadowweaver.api.forecast.Levels;
import io.shadowweaver.api.model.ForecastModel;
import io.shadowweaver.api.model.Part;
import io.shadowweaver.api.model.Regressors;

/**
 * The parts of what a combination says at some blocks: those of its members by their weights, parts of one name added up; a member that cannot tell is a part
 * by itself. What a median leaves, and what the series is away from its curve, goes into one part more.
 */
final class Explanation {
	private static final String REST = "present deviation";
	private static final String LEVEL = "level and trend";

	private record Key(Part.Kind kind, String name) {
	}

	private final LeadPlan plan;
	private final long origin;
	private final int[] nodes;
	private final Transform transform;
	private final Map<Key, double[]> parts = new LinkedHashMap<>();

	/**
	 * @param origin the last block that the models have seen
	 * @param nodes  blocks after it, ascending
	 * @param transform in what the models speak: a part of a logarithm is told as what it adds to the parts before it
	 */
	Explanation(LeadPlan plan, long origin, int[] nodes, Transform transform) {
		this.transform = transform;
		this.plan = plan;
		this.origin = origin;
		this.nodes = nodes;
	}

	/** The blocks whose parts are needed for some times. */
	static int[] nodes(LeadPlan plan, long origin, Bands bands) {
		TreeSet<Integer> nodes = new TreeSet<>();
		for (int lead = 0; lead < bands.leads(); lead++) {
			double ahead = (bands.time(lead).toEpochMilli() - plan.centre(origin)) / plan.block;
			nodes.add(Math.max(1, (int) ahead));
			nodes.add(Math.max(1, (int) ahead + 1));
		}
		return nodes.stream().mapToInt(Integer::intValue).toArray();
	}

	/** Adds a member of a choice; inside the lane. */
	void add(ForecastModel model, String id, int slot, Choice choice, int place, double[][] answers, Regressors told) {
		if (answers[place] == null) {
			return;
		}
		List<Part> said = model.explain(slot, nodes, told);
		List<Part> known = said.isEmpty() ? List.of(new Part(Part.Kind.REST, id, answers[place])) : said;
		for (Part part : known) {
			double[] sum = parts.computeIfAbsent(new Key(part.kind(), part.name()), key -> new double[nodes.length]);
			for (int node = 0; node < nodes.length; node++) {
				double far = plan.farShare(nodes[node] * (double) plan.block);
				double weight = choice.near().share(place, answers) * (1 - far) + choice.far().share(place, answers) * far;
				sum[node] += weight * part.values()[node];
			}
		}
	}

	/** The parts at the leads of a forecast; they add up to its median. */
	List<Part> at(Bands bands) {
		double[] rest = new double[bands.leads()];
		for (int lead = 0; lead < rest.length; lead++) {
			rest[lead] = bands.value(lead, Levels.MEDIAN);
		}
		List<Part> all = new ArrayList<>();
		double[] sums = new double[rest.length];
		double[] before = new double[rest.length];
		told().forEach((key, values) -> {
			double[] at = new double[rest.length];
			for (int lead = 0; lead < at.length; lead++) {
				sums[lead] += between(values, bands.time(lead).toEpochMilli());
				double told = transform.from(sums[lead]);
				at[lead] = told - before[lead];
				before[lead] = told;
				rest[lead] -= at[lead];
			}
			all.add(new Part(key.kind, key.name, at));
		});
		all.add(new Part(Part.Kind.REST, REST, rest));
		return all;
	}

	/** The parts in the order in which they are told. A share of a logarithm is no level: where logarithms are told, all that carries the level is one part, the first. */
	private Map<Key, double[]> told() {
		if (transform == Transform.NONE) {
			return parts;
		}
		double[] level = new double[nodes.length];
		Map<Key, double[]> told = new LinkedHashMap<>();
		told.put(new Key(Part.Kind.TREND, LEVEL), level);
		parts.forEach((key, values) -> {
			if (key.kind == Part.Kind.TREND || key.kind == Part.Kind.REST) {
				Arrays.setAll(level, node -> level[node] + values[node]);
			} else {
				told.put(key, values);
			}
		});
		return told;
	}

	/** A straight line between the middles of blocks; the nearest value outside. */
	private double between(double[] values, long millis) {
		double ahead = (millis - plan.centre(origin)) / plan.block;
		int right = 0;
		while (right < nodes.length - 1 && nodes[right] < ahead) {
			right++;
		}
		if (right == 0 || nodes[right] <= ahead) {
			return values[right];
		}
		double share = (ahead - nodes[right - 1]) / (nodes[right] - nodes[right - 1]);
		return values[right - 1] + share * (values[right] - values[right - 1]);
	}
}
